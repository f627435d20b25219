package dev.weft.engine;

import dev.weft.runtime.Randomness;
import java.nio.charset.StandardCharsets;

/** Makes up {@code x-request-id}: a random UUID, as Envoy writes it. */
final class RequestIds {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private RequestIds() {}

    static String next(Randomness dice) {
        long high = dice.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long low = dice.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        byte[] text = new byte[36];
        int at = 0;
        for (int digit = 0; digit < 32; digit++) {
            if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
                text[at++] = '-';
            }
            long half = digit < 16 ? high : low;
            text[at++] = HEX[(int) (half >>> 60 - (digit & 15) * 4) & 15];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
