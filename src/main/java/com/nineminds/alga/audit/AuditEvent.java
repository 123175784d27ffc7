package com.nineminds.alga.audit;

/** The events that the audit log records. The constants are spelled as stored. */
public enum AuditEvent {
  /** A tenant was created. */
  tenant_registered,
  /** A tenant got the edition that its subscription pays for. */
  tenant_upgraded,
  /**
   * A tenant became active: at its first check-in after an install, or after an operator resumed
   * it.
   */
  tenant_activated,
  /** An operator suspended a tenant. */
  tenant_suspended,
  /** An operator opened a suspended or cancelled tenant again. */
  tenant_resumed,
  /** An operator cancelled a tenant. */
  tenant_cancelled,
  /** A subscription was created, changed or renewed; subject: the subscription. */
  entitlement_changed,
  /** A subscription was revoked with its unconsumed codes; subject: the subscription. */
  entitlement_revoked,
  /**
   * A code was minted, and the older codes of the tenant were superseded; subject: the masked code.
   */
  code_minted,
  /** A code was revoked, with its subscription or by an operator; subject: the masked code. */
  code_revoked,
  /** A code that was superseded long ago was deleted; subject: the masked code. */
  code_deleted,
  /** A code was redeemed; subject: the appliance; detail: the masked code. */
  code_redeemed,
  /**
   * The same appliance redeemed its code again and got a fresh credential; subject: the appliance;
   * detail: the masked code.
   */
  code_redeemed_again,
  /**
   * An appliance registered with an appliance_id that another tenant has too; subject: the
   * appliance.
   */
  appliance_id_shared,
  /**
   * A credential was used from two networks in turn; subject: the appliance; detail: the network of
   * its earlier use.
   */
  credential_alternates,
  /**
   * A check-in had an unknown credential and named the license of a subscription. After a restore,
   * this is an appliance that redeemed a code later than the restored data. Recorded once a day for
   * each license; subject: the {@code sub} of the license.
   */
  credential_refused,
  /**
   * An appliance was revoked; subject: the appliance. With a detail: the appliance was registered
   * twice, and this registration ended when its subscription got its tenant.
   */
  appliance_revoked,
  /** A license was signed; subject: the {@code sub} of the license. */
  license_signed,
  /** An operator signed in at the console. */
  operator_signed_in,
  /** An operator signed out. */
  operator_signed_out,
  /** A sign-in failed; subject: the operator whose name was typed, null for an unknown name. */
  sign_in_failed
}
