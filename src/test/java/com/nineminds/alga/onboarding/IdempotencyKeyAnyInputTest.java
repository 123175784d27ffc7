package com.nineminds.alga.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Any members of a body as the input of a digest. */
class IdempotencyKeyAnyInputTest {

  @Property
  void sameMembersHaveTheSameDigestAndNoMemberRunsIntoTheNext(
      @ForAll @Size(3) List<String> members) {
    String digest = IdempotencyKey.digest(members.toArray());
    assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(IdempotencyKey.digest(members.toArray()));
    String first = members.get(0);
    if (!first.isEmpty()) {
      int end = first.length() - 1;
      assertThat(
              IdempotencyKey.digest(
                  first.substring(0, end), first.substring(end) + members.get(1), members.get(2)))
          .isNotEqualTo(digest);
    }
  }
}
