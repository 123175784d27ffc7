package com.nineminds.alga.operator.signin;

import com.nineminds.alga.operator.OperatorSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;
import java.util.Set;

/** Checks passwords against the configured hashes, as Jakarta Security's identity store. */
@ApplicationScoped
public class Passwords implements IdentityStore {

  /** The role that the console and web.xml require. */
  public static final String ROLE = "operator";

  @Inject OperatorSettings settings;
  @Inject Pbkdf2PasswordHash hash;

  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (!(credential instanceof UsernamePasswordCredential given)) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    String known = settings.operators().get(given.getCaller());
    String ownCost = OperatorSettings.cost(known == null ? "" : known);
    boolean right = false;
    // every name costs the same work, known or not: one hash of each cost in use
    for (Map.Entry<String, String> sample : settings.hashByCost().entrySet()) {
      boolean own = sample.getKey().equals(ownCost);
      boolean matches =
          hash.verify(given.getPassword().getValue(), own ? known : sample.getValue());
      right |= own && matches;
    }
    return right
        ? new CredentialValidationResult(given.getCaller(), Set.of(ROLE))
        : CredentialValidationResult.INVALID_RESULT;
  }
}
