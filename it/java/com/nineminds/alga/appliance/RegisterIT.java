package com.nineminds.alga.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nineminds.alga.harness.Answer;
import com.nineminds.alga.harness.Api;
import com.nineminds.alga.harness.Customer;
import com.nineminds.alga.harness.Stage;
import org.junit.jupiter.api.Test;

/** The rows of the contract's table of {@code POST /register}, each by its name. */
class RegisterIT {

  private final Api api = Stage.api();

  @Test
  void paidCode() {
    Customer customer = Customer.pro(api);
    Answer answer = customer.redeem(api, "box-1");
    assertThat(answer.outcome()).isEqualTo("200");
    assertThat(answer.text("tenant_id")).isEqualTo(customer.tenantId());
  }
}
