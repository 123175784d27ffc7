package com.nineminds.alga.audit;

/** Everything that is recorded. Spelled as stored. */
public enum AuditEvent {
  /** A tenant was created. */
  tenant_registered,
  /** A tenant took the edition that its subscription pays for. */
  tenant_upgraded,
  /** The first check-in after an install, or after an operator resumed the tenant. */
  tenant_activated,
  /** An operator suspended a tenant. */
  tenant_suspended,
  /** An operator opened a suspended or cancelled tenant again. */
  tenant_resumed,
  /** An operator cancelled a tenant. */
  tenant_cancelled,
  /** A subscription was created, changed or renewed; subject: the subscription. */
  entitlement_changed,
  /** A subscription was revoked, and its unconsumed codes with it; subject: the subscription. */
  entitlement_revoked,
  /** A code was minted, and older ones of the tenant superseded; subject: the masked code. */
  code_minted,
  /** A code was revoked, with its subscription or by an operator; subject: the masked code. */
  code_revoked,
  /** A code that was long replaced was deleted; subject: the masked code. */
  code_deleted,
  /** A code was redeemed; subject: the appliance; detail: the masked code. */
  code_redeemed,
  /**
   * The same appliance redeemed its code again and got a fresh credential; subject: the appliance;
   * detail: the masked code.
   */
  code_redeemed_again,
  /** An appliance_id that another tenant has too; subject: the appliance. */
  appliance_id_shared,
  /**
   * A credential was used from two networks in turn; subject: the appliance; detail: the network
   * that it was used from before.
   */
  credential_alternates,
  /**
   * Somebody checked in with a credential that is not known, and named a license that an appliance
   * of this tenant has: after a restore, one that redeemed later than what was restored. Once a day
   * for each license; subject: its sub.
   */
  credential_refused,
  /**
   * An appliance was revoked; subject: the appliance. With a detail: it was registered twice, and
   * this registration ended when its subscription got its tenant.
   */
  appliance_revoked,
  /** A license was signed; subject: the license's sub. */
  license_signed,
  /** An operator signed in at the console. */
  operator_signed_in,
  /** An operator signed out. */
  operator_signed_out,
  /** A sign-in failed; subject: the operator whose name was given, null for an unknown name. */
  sign_in_failed
}
