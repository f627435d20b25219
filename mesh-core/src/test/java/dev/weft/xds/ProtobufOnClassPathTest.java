package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.RuntimeVersion;
import org.junit.jupiter.api.Test;

class ProtobufOnClassPathTest {

    @Test
    void theOneThatWeftWasCompiledWithFits() {
        assertThat(ProtobufOnClassPath.problem()).isNull();
    }

    @Test
    void oneThatLacksWhatMessagesNeedIsNamedByItsJar() {
        assertThat(ProtobufOnClassPath.problem(() -> {
                    throw new NoClassDefFoundError("com/google/protobuf/RuntimeVersion$RuntimeDomain");
                }))
                .contains("protobuf-java-")
                .contains(".jar does not fit")
                .contains("RuntimeVersion$RuntimeDomain");
    }

    @Test
    void oneThatFindsItselfTooOldIsQuoted() {
        assertThat(ProtobufOnClassPath.problem(() -> {
                    throw new ExceptionInInitializerError(
                            new RuntimeVersion.ProtobufRuntimeVersionException("4.33 < 4.36"));
                }))
                .contains("4.33 < 4.36");
    }
}
