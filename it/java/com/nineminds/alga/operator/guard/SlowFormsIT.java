package com.nineminds.alga.operator.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Console;
import com.nineminds.alga.harness.Console.Form;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Forms that arrive byte by byte and never end do not block operators. */
class SlowFormsIT {

  private static final URI BASE = Stage.node().base();
  private static final Api API = new Api(BASE);
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void sixteenInTheOperatorsOwnNetworkHoldNobodyUp() throws InterruptedException {
    Console boris = Console.signedIn(BASE, "boris");
    List<Customer> customers = customers();
    try (SlowForms forms = new SlowForms(BASE, Collections.nCopies(16, "127.0.0.1"))) {
      for (Customer customer : customers) {
        assertSignsIn(new Console(BASE));
        assertSuspends(boris, customer);
      }
      assertThat(forms.open()).isPositive();
    }
  }

  @Test
  void twoHundredInAnotherNetworkHoldNobodyUp() throws InterruptedException {
    Console boris = Console.signedIn(BASE, "boris");
    List<Customer> customers = customers();
    try (SlowForms forms = new SlowForms(BASE, Collections.nCopies(200, "127.0.1.1"))) {
      for (Customer customer : customers) {
        assertSignsIn(new Console(BASE));
        assertSuspends(boris, customer);
      }
      assertThat(forms.open()).isPositive();
    }
  }

  @Test
  void twoHundredNetworksHoldUpNoOperatorsBrowser() throws InterruptedException {
    Console boris = Console.signedIn(BASE, "boris");
    List<Customer> customers = customers();
    Console anna = Console.signedIn(BASE, "anna");
    List<String> networks = IntStream.range(1, 201).mapToObj(i -> "127.0.2." + i).toList();
    try (SlowForms forms = new SlowForms(BASE, networks)) {
      for (Customer customer : customers) {
        anna.cookies().remove("alga_console");
        assertSignsIn(anna);
        assertSuspends(boris, customer);
      }
      assertThat(forms.open()).isPositive();
    }
  }

  private static void assertSignsIn(Console console) {
    long begin = System.nanoTime();
    assertThat(console.signIn("anna", Stage.operatorPassword("anna")).status()).isEqualTo(303);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
  }

  private static List<Customer> customers() {
    return Stream.generate(() -> Customer.essentials(API)).limit(3).toList();
  }

  private static void assertSuspends(Console operator, Customer customer) {
    long begin = System.nanoTime();
    Form form = operator.get("/admin/tenant?do=suspend&id=" + customer.tenantId()).form("#confirm");
    assertThat(operator.send(form).status()).isEqualTo(303);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
    assertThat(
            Stage.sql()
                .one(
                    String.class,
                    "SELECT status FROM tenant_registry WHERE tenant_id = ?::uuid",
                    customer.tenantId()))
        .isEqualTo("suspended");
  }
}
