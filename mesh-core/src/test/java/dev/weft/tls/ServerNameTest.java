package dev.weft.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerNameTest {
    private static final String ISTIOS = "outbound_.9080_._.reviews.default.svc.cluster.local";

    @Test
    void istiosNamesAreShownAsTheyAre() throws Exception {
        ServerName name = Objects.requireNonNull(ServerName.of(ISTIOS));
        assertThat(name.ascii()).isEqualTo(ISTIOS);
        assertThat(new String(name.getEncoded(), StandardCharsets.US_ASCII)).isEqualTo(ISTIOS);
    }

    @Test
    void namesOfOtherScriptsAreShownInAscii() throws Exception {
        assertThat(Objects.requireNonNull(ServerName.of("bücher.example")).ascii())
                .isEqualTo("xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "2001:db8::1", "[2001:db8::1]", "fe80::1%eth0", "::ffff:10.0.0.1"})
    void literalsAreNotShown(String literal) throws Exception {
        assertThat(ServerName.of(literal)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "re views", "a\u0000b"})
    void whatIsNoNameIsRefusedAndWrittenHarmlessly(String name) {
        assertThatThrownBy(() -> ServerName.of(name))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("cannot be shown to the server (SNI)")
                .hasMessageNotContaining("\u0000");
    }

    @Test
    void onlyANameWithUnderscoresMayHaveBeenUnreadable() {
        Exception alert = new SSLHandshakeException("Received fatal alert: illegal_parameter");
        assertThat(ServerName.wasUnreadable(ISTIOS, alert)).isTrue();
        assertThat(ServerName.wasUnreadable(ISTIOS, new ClosedChannelException()))
                .isTrue();
        assertThat(ServerName.wasUnreadable("reviews.default", alert)).isFalse();
        assertThat(ServerName.wasUnreadable(ISTIOS, new SSLHandshakeException("certificate_unknown")))
                .isFalse();
    }
}
