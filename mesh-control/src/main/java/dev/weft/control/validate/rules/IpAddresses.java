package dev.weft.control.validate.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses and blocks as texts. Nothing is resolved. */
final class IpAddresses {
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    private IpAddresses() {}

    static boolean address(String text) {
        return v4(text) || v6(text);
    }

    /** An address, or a block such as {@code 10.0.0.0/8}. */
    static Optional<String> addressOrBlock(String text) {
        int slash = text.indexOf('/');
        boolean right = slash < 0 ? address(text) : block(text.substring(0, slash), text.substring(slash + 1));
        return right ? Optional.empty() : Optional.of("an IP address or a block such as 10.0.0.0/8 was expected");
    }

    private static boolean block(String address, String bits) {
        if (!PREFIX.matcher(bits).matches() || address.contains("%")) {
            return false;
        }
        int most = v4(address) ? 32 : v6(address) ? 128 : -1;
        return Integer.parseInt(bits) <= most;
    }

    private static boolean v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (!PREFIX.matcher(part).matches() || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean v6(String text) {
        int zone = text.indexOf('%');
        String address = zone < 0 ? text : text.substring(0, zone);
        if (zone >= 0 && zone == text.length() - 1 || address.length() > 45 || !address.contains(":")) {
            return false;
        }
        int gap = address.indexOf("::");
        if (gap < 0) {
            return groups(address) == 8;
        }
        String head = address.substring(0, gap);
        String tail = address.substring(gap + 2);
        int before = head.isEmpty() ? 0 : groups(head);
        int after = tail.isEmpty() ? 0 : groups(tail);
        return before >= 0 && after >= 0 && before + after <= 7 && !head.contains(".");
    }

    /** How many 16-bit groups a piece has, -1 if it is none. */
    private static int groups(String piece) {
        List<String> parts = new ArrayList<>(List.of(piece.split(":", -1)));
        String last = parts.get(parts.size() - 1);
        int count = parts.size();
        if (last.contains(".")) {
            if (!v4(last)) {
                return -1;
            }
            parts.remove(parts.size() - 1);
            count++;
        }
        return parts.stream().allMatch(part -> HEX.matcher(part).matches()) ? count : -1;
    }
}
