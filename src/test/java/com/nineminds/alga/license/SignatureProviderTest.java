package com.nineminds.alga.license;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.Provider;
import java.security.Security;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The service has a native provider for each Linux that it knows, and chooses the right one. */
class SignatureProviderTest {

  /** The third value is the processor in the header of an ELF file. */
  @ParameterizedTest
  @CsvSource({"Linux, amd64, 3e00", "Linux, x86_64, 3e00", "Linux, aarch64, b700"})
  void libraryIsForTheProcessor(String system, String processor, String machine)
      throws IOException {
    try (JarInputStream jar =
        new JarInputStream(
            SignatureProvider.class.getResourceAsStream(
                SignatureProvider.jar(system, processor)))) {
      JarEntry entry = jar.getNextJarEntry();
      while (!entry.getName().endsWith(".so")) {
        entry = jar.getNextJarEntry();
      }
      assertThat(HexFormat.of().formatHex(jar.readNBytes(20))).endsWith(machine);
    }
  }

  /** The provider switches itself off if its tests fail later, and every signature fails then. */
  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void nativeProviderHasTestedItselfBeforeItSigns() throws ReflectiveOperationException {
    assertThat(SignatureProvider.context()).isNotNull();
    Provider provider = Security.getProvider("AmazonCorrettoCryptoProvider");
    assertThat(provider.getClass().getMethod("getSelfTestStatus").invoke(provider))
        .hasToString("PASSED");
  }

  /** These names are classifiers of the provider's releases. A build on a Mac adds one of them. */
  @ParameterizedTest
  @CsvSource({"Mac OS X, x86_64, osx-x86_64", "Mac OS X, aarch64, osx-aarch_64"})
  void macHasANameOfItsOwn(String system, String processor, String classifier) {
    assertThat(SignatureProvider.jar(system, processor))
        .isEqualTo("AmazonCorrettoCryptoProvider-" + classifier + ".jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Windows 11:amd64", "Linux:riscv64", "Linux:ppc64le", "AIX:ppc64"})
  void otherPlatformHasNone(String platform) {
    String[] parts = platform.split(":", 2);
    assertThat(SignatureProvider.class.getResource(SignatureProvider.jar(parts[0], parts[1])))
        .isNull();
  }
}
