package dev.weft.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses. An IPv4 range holds no IPv6 address and the reverse; IPv4 addresses mapped into IPv6 are IPv4 ones.
 *
 * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low the lower 64 bits, or the 32 of an IPv4 address; bits beyond the prefix are 0
 * @param v6 whether it is an IPv6 range
 * @param length of the prefix, 0 to 32 or 128
 */
public record Cidr(long high, long low, boolean v6, int length) {
    public Cidr {
        if (length < 0 || length > (v6 ? 128 : 32)) {
            throw new IllegalArgumentException("prefix length " + length + ": 0 to " + (v6 ? 128 : 32));
        }
        high &= highMask(v6, length);
        low &= lowMask(v6, length);
    }

    /**
     * A range from a literal address; never asks a name server.
     *
     * @return null if it is no address, or the prefix is longer than it
     */
    public static @Nullable Cidr of(String address, int length) {
        InetAddress parsed = literal(address);
        if (parsed == null || length < 0 || length > parsed.getAddress().length * 8) {
            return null;
        }
        byte[] bytes = parsed.getAddress();
        return bytes.length == 4
                ? new Cidr(0, bits(bytes, 0, 4), false, length)
                : new Cidr(bits(bytes, 0, 8), bits(bytes, 8, 8), true, length);
    }

    /** A literal IPv4 or IPv6 address, or null; never asks a name server. */
    public static @Nullable InetAddress literal(String text) {
        boolean v6 = text.indexOf(':') >= 0;
        if (v6 ? !isV6Shaped(text) : !isV4(text)) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** A colon keeps the JDK from asking a name server; scopes and brackets are none of an address in a policy. */
    private static boolean isV6Shaped(String text) {
        return text.length() <= 45
                && text.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0 && c < 128);
    }

    private static boolean isV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
            if (part.length() > 1 && part.charAt(0) == '0' || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return !v6 && (bits(bytes, 0, 4) & lowMask(false, length)) == low;
        }
        return v6
                && (bits(bytes, 0, 8) & highMask(true, length)) == high
                && (bits(bytes, 8, 8) & lowMask(true, length)) == low;
    }

    private static long bits(byte[] bytes, int from, int count) {
        long bits = 0;
        for (int i = from; i < from + count; i++) {
            bits = bits << 8 | bytes[i] & 0xff;
        }
        return bits;
    }

    private static long highMask(boolean v6, int length) {
        return !v6 || length == 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
    }

    private static long lowMask(boolean v6, int length) {
        if (!v6) {
            return length == 0 ? 0 : (-1L << (32 - length)) & 0xffff_ffffL;
        }
        return length <= 64 ? 0 : -1L << (128 - length);
    }
}
