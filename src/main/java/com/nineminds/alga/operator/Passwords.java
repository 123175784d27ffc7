package com.nineminds.alga.operator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Set;

/** The operators whose password hashes are configured, as Jakarta Security's identity store. */
@ApplicationScoped
public class Passwords implements IdentityStore {

  /** The role that the console asks for, in web.xml too. */
  static final String ROLE = "operator";

  @Inject OperatorSettings settings;
  @Inject Pbkdf2PasswordHash hash;

  @Override
  public CredentialValidationResult validate(Credential credential) {
    if (!(credential instanceof UsernamePasswordCredential given)) {
      return CredentialValidationResult.NOT_VALIDATED_RESULT;
    }
    String known = settings.operators().get(given.getCaller());
    // an unknown name takes as long as a known one
    String tried = known == null ? settings.operators().values().iterator().next() : known;
    boolean right = hash.verify(given.getPassword().getValue(), tried);
    return right && known != null
        ? new CredentialValidationResult(given.getCaller(), Set.of(ROLE))
        : CredentialValidationResult.INVALID_RESULT;
  }
}
