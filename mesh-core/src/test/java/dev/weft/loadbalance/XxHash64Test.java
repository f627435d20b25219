package dev.weft.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Values of the reference implementation (its Python binding) for each path through the code. */
final class XxHash64Test {

    @TestFactory
    Stream<DynamicTest> agreesWithTheReferenceFor() {
        return Stream.of(
                        new Vector(0, 0xEF46DB3751D8E999L, 0xD5AFBA1336A3BE4BL),
                        new Vector(1, 0x8A4127811B21E730L, 0x6EC2195FFCAA3025L),
                        new Vector(3, 0x31D2363F52E564C9L, 0x2D80E074130D0176L),
                        new Vector(4, 0xB4D516AF63F9C743L, 0x0772D24549F94627L),
                        new Vector(7, 0x2163DF11C0CDF8CDL, 0x734163F526DD7ED5L),
                        new Vector(8, 0xD5474D6CA50DEF58L, 0xCA8EC191154C2629L),
                        new Vector(15, 0x646187CF6E75240DL, 0x75A37777C96CEEBCL),
                        new Vector(31, 0xC025B4C3C4880C7AL, 0x8D61CCE9557A08ACL),
                        new Vector(32, 0x178AE25CEE6F7994L, 0x246597D78A8B9827L),
                        new Vector(33, 0x4072A28263E977EFL, 0xC9E67788B3E62216L),
                        new Vector(63, 0x47948108B5FF3162L, 0x91B5DB4C1C39A2DDL),
                        new Vector(64, 0xCF35552F599BA94DL, 0x5838A7DD157F03B4L),
                        new Vector(100, 0x3A7FDC0FEBF6F5DCL, 0x056C522ED4639FFEL))
                .map(vector -> DynamicTest.dynamicTest(vector.length + " bytes", vector::check));
    }

    @Test
    void textIsHashedAsUtf8() {
        assertThat(XxHash64.of("jason")).isEqualTo(0xBAE90E0841DCABFFL);
    }

    /** Byte i of the input is 7 i + length. */
    private record Vector(int length, long seed0, long seed1) {
        void check() {
            byte[] data = new byte[length];
            for (int i = 0; i < length; i++) {
                data[i] = (byte) (i * 7 + length);
            }
            assertThat(XxHash64.of(data, 0)).isEqualTo(seed0);
            assertThat(XxHash64.of(data, 1)).isEqualTo(seed1);
        }
    }
}
