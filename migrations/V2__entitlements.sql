-- What a paid tenant bought, keyed by its Stripe subscription, and the license it holds.
CREATE TABLE entitlements (
  id            uuid PRIMARY KEY,
  -- No foreign key: subscriptions from before the registry name tenants that it does not know.
  tenant_id     uuid,
  stripe_sub_id text NOT NULL UNIQUE CHECK (char_length(stripe_sub_id) BETWEEN 1 AND 200),
  -- Who the license names where no tenant is known.
  customer      text CHECK (char_length(customer) BETWEEN 1 AND 200),
  tier          text NOT NULL CHECK (tier IN ('pro', 'premium')),
  seats         integer CHECK (seats >= 1),
  transport     text NOT NULL CHECK (transport IN ('connected', 'airgap')),
  active        boolean NOT NULL DEFAULT true,
  -- The license's `sub`: fixed here, so that no two signers can disagree on it.
  license_sub   text NOT NULL UNIQUE,
  -- The held license. token_terms tells what it was signed for (and with which key); a license whose
  -- terms are not the entitlement's is signed anew at the next check-in.
  current_token text,
  token_exp     timestamptz,
  token_terms   text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX entitlements_one_active_per_tenant ON entitlements (tenant_id) WHERE active;
CREATE INDEX entitlements_tenant ON entitlements (tenant_id, created_at DESC);
