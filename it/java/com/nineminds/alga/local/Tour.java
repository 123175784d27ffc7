package com.nineminds.alga.local;

import java.util.ArrayList;
import java.util.List;

/**
 * The service's main job as shell lines to copy and paste: POSIX sh, curl and sed, from the
 * project's folder. The answers are kept in {@code .local/tour/}, where the next line finds them.
 */
final class Tour {

  /** One line, and what it shows. */
  record Step(String meaning, String line) {}

  private static final String IMAGE = ".local/tour/alga-appliance.iso";

  private final String base;
  private final String secret;

  /**
   * @param base where the service is
   * @param secret what a shell makes the service secret of, between double quotes
   */
  Tour(String base, String secret) {
    this.base = base;
    this.secret = secret;
  }

  /** The steps in their order. Running them again registers another customer. */
  List<Step> steps() {
    String box = "\"appliance_id\": \"box-'" + field("tenant_id", "customer") + "'\"";
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step(
            "A customer pays: the storefront registers the tenant and gets an install code.",
            service(
                    "/register-tenant",
                    "\"company_name\": \"Acme Inc.\", \"contact_email\": \"it@acme.example\","
                        + " \"edition\": \"pro\", \"seats\": 25,"
                        + " \"stripe_sub_id\": \"sub_'$(date +%s)'\"")
                + keep("customer")));
    steps.add(
        new Step(
            "The customer downloads the appliance's image.",
            "curl -fsS -o "
                + IMAGE
                + " \""
                + field("download_url", "customer")
                + "\" && ls -l "
                + IMAGE));
    steps.add(
        new Step(
            "The appliance redeems the code: its credential and its first license.",
            post("/register", code("customer") + ", " + box) + keep("appliance")));
    steps.add(
        new Step(
            "It checks in, as it does every day.",
            post(
                    "/check-in",
                    "\"appliance_credential\": \"'"
                        + field("appliance_credential", "appliance")
                        + "'\"")
                + keep("check-in")));
    steps.add(
        new Step(
            "The box is wiped: a new code for the same tenant, redeemed on the empty machine.",
            service(
                    "/install-codes/reissue",
                    "\"tenant_id\": \"'" + field("tenant_id", "customer") + "'\"")
                + keep("reissue")
                + "; "
                + post("/register", code("reissue") + ", " + box)
                + keep("wiped")));
    return steps;
  }

  private String service(String route, String members) {
    return post(route, members) + " -H \"Authorization: Bearer " + secret + "\"";
  }

  private String post(String route, String members) {
    return "curl -sS "
        + base
        + route
        + " -H 'Content-Type: application/json' -d '{"
        + members
        + "}'";
  }

  private static String keep(String answer) {
    return " | tee .local/tour/" + answer + ".json; echo";
  }

  private static String code(String answer) {
    return "\"claim_code\": \"'" + field("install_code", answer) + "'\"";
  }

  private static String field(String name, String answer) {
    return "$(sed -n 's/.*\""
        + name
        + "\" *: *\"\\([^\"]*\\)\".*/\\1/p' .local/tour/"
        + answer
        + ".json)";
  }
}
