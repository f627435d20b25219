package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0, 8, 10.255.1.2, true",
        "10.0.0.0, 8, 11.0.0.1, false",
        "10.1.2.3, 32, 10.1.2.3, true",
        "10.1.2.3, 32, 10.1.2.4, false",
        "10.1.2.3, 31, 10.1.2.2, true",
        "0.0.0.0, 0, 203.0.113.9, true",
        "0.0.0.0, 0, 2001:db8::1, false",
        "::, 0, 203.0.113.9, false",
        "::, 0, 2001:db8::1, true",
        "2001:db8::, 32, 2001:db8:ffff::1, true",
        "2001:db8::, 32, 2001:db9::1, false",
        "2001:db8::1, 128, 2001:db8::1, true",
        "2001:db8::1, 128, 2001:db8::2, false",
        "2001:db8::, 65, 2001:db8::7fff:0:0:1, true",
        "2001:db8::, 65, 2001:db8::8000:0:0:1, false",
        "::ffff:10.0.0.0, 8, 10.9.9.9, true",
    })
    void holds(String address, int length, String tested, boolean expected) throws UnknownHostException {
        Cidr range = Objects.requireNonNull(Cidr.of(address, length));
        assertThat(range.contains(InetAddress.getByName(tested))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.1",
                "10.1.2.3.4",
                "010.1.2.3",
                "256.1.1.1",
                "1.2.3.-4",
                "fe80::1%eth0",
                "[::1]",
                "beef",
                "1.2.3.4:80",
                ":::",
                "12345::",
                "١.2.3.4",
                "0x7f.0.0.1",
                "2130706433"
            })
    void isNoAddressAndAsksNoNameServer(String text) {
        assertThat(Cidr.literal(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0, 33", "10.0.0.0, -1", "::1, 129"})
    void isNoRange(String address, int length) {
        assertThat(Cidr.of(address, length)).isNull();
    }
}
