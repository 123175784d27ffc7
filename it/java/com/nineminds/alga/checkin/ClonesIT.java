package com.nineminds.alga.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.appliance.Box;
import com.nineminds.alga.appliance.Portal;
import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Elsewhere;
import com.nineminds.alga.harness.Sql;
import com.nineminds.alga.harness.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The service notices a copied machine, and refuses neither of the two machines. */
class ClonesIT {

  private static final String ONE = "127.0.0.11";
  private static final String TWO = "127.0.0.12";
  private static final String THREE = "127.0.0.13";

  private final Api api = Stage.api();
  private final Sql sql = Stage.sql();
  private final Customer customer = Customer.pro(api);
  private final Box box = Box.fresh(api);
  private final Answer registered = box.redeem(customer.code());

  @Test
  void credentialThatIsUsedFromTwoAddressesInTurnIsRecorded() {
    checkInFrom(ONE, TWO);
    assertThat(recorded()).isEmpty();
    checkInFrom(ONE);
    assertThat(recorded()).containsExactly("appliance from 127.0.0.11, before 127.0.0.12");
    assertThat(
            sql.one(
                String.class,
                "SELECT tenant_id::text FROM audit_log WHERE subject = ? AND event = ?",
                box.id(),
                "credential_alternates"))
        .isEqualTo(customer.tenantId());
  }

  @Test
  void bothMachinesKeepTheirLicense() {
    for (int i = 0; i < 3; i++) {
      for (String address : new String[] {ONE, TWO}) {
        assertThat(at(address)).isEqualTo(registered.text("first_jwt"));
      }
    }
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void machineThatMovedIsNoClone() {
    checkInFrom(ONE, TWO, TWO, THREE, THREE);
    assertThat(recorded()).isEmpty();
  }

  @Test
  void machineThatCameBackAfterDaysIsNoClone() {
    checkInFrom(ONE);
    age("last_checkin_at", "2 days 1 minute");
    checkInFrom(TWO, ONE);
    assertThat(recorded()).isEmpty();
    checkInFrom(TWO);
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void clonesThatCheckInOnceADayAreSeenOnTheSecondDay() {
    checkInFrom(ONE);
    age("last_checkin_at", "24 hours");
    checkInFrom(TWO);
    checkInFrom(ONE);
    assertThat(recorded()).hasSize(1);
  }

  @Test
  void threeMachinesAreSeenToo() {
    checkInFrom(ONE, TWO, THREE, ONE);
    assertThat(recorded()).containsExactly("appliance from 127.0.0.11, before 127.0.0.13");
  }

  @Test
  void itIsRecordedOnceADay() {
    checkInFrom(ONE, TWO, ONE, TWO, ONE);
    assertThat(recorded()).hasSize(1);
    age("alternated_at", "1 day 1 minute");
    checkInFrom(TWO, ONE);
    assertThat(recorded()).hasSize(2);
  }

  @Test
  void freshCodeBeginsAnew() {
    checkInFrom(ONE, TWO);
    Answer again = box.redeem(Portal.shared().freshCode(customer));
    Elsewhere one = new Elsewhere(api.base(), ONE);
    assertThat(
            one.post("/check-in", "appliance_credential", again.text("appliance_credential"))
                .getString("status"))
        .isEqualTo("ok");
    assertThat(recorded()).isEmpty();
  }

  @Test
  void redeemedCodeIsInItsRecord() {
    assertThat(
            sql.one(
                String.class,
                "SELECT detail FROM audit_log WHERE subject = ? AND event = 'code_redeemed'",
                box.id()))
        .isEqualTo("****" + customer.code().substring(4));
  }

  private void checkInFrom(String... addresses) {
    for (String address : addresses) {
      at(address);
    }
  }

  private String at(String address) {
    return new Elsewhere(api.base(), address)
        .post("/check-in", "appliance_credential", registered.text("appliance_credential"))
        .getString("jwt");
  }

  private void age(String column, String by) {
    assertThat(
            sql.update(
                "UPDATE appliances SET %1$s = %1$s - CAST(? AS interval) WHERE appliance_id = ?"
                    .formatted(column),
                by,
                box.id()))
        .isOne();
  }

  private List<String> recorded() {
    return sql.all(
        String.class,
        "SELECT actor || ' from ' || address || ', before ' || detail FROM audit_log"
            + " WHERE subject = ? AND event = 'credential_alternates' ORDER BY id",
        box.id());
  }
}
