package dev.weft.identity;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** One part of a text by RFC 7468: what it is, and its bytes. */
record PemBlock(String label, byte[] der) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final int LINE = 64;

    /** Reads all blocks; text around them is passed over, as the RFC allows. */
    static List<PemBlock> read(String text, String where) {
        if (text.length() > Pem.MAX_TEXT) {
            throw Pem.unreadable(where, "it has " + text.length() + " characters", "at most " + Pem.MAX_TEXT);
        }
        List<PemBlock> blocks = new ArrayList<>();
        String label = null;
        StringBuilder body = new StringBuilder();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (label == null && line.startsWith(BEGIN) && line.endsWith(DASHES)) {
                label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                body.setLength(0);
            } else if (label != null && line.startsWith(DASHES)) {
                if (!line.equals(END + label + DASHES)) {
                    throw Pem.unreadable(where, "line " + number + " ends another block", END + label + DASHES);
                }
                blocks.add(new PemBlock(label, decode(body.toString(), where, number)));
                if (blocks.size() > Pem.MAX_BLOCKS) {
                    throw Pem.unreadable(where, "it has more blocks", "at most " + Pem.MAX_BLOCKS);
                }
                label = null;
            } else if (label != null) {
                body.append(line);
            }
        }
        if (label != null) {
            throw Pem.unreadable(where, "the block " + Shown.text(label) + " does not end", END + label + DASHES);
        }
        return blocks;
    }

    /** What is between the lines is never shown: it may be a key. */
    private static byte[] decode(String base64, String where, int line) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw Pem.unreadable(where, "the block that ends in line " + line + " is not base64", "RFC 7468");
        }
    }

    static String write(String label, byte[] der) {
        return BEGIN + label + DASHES + "\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der) + "\n"
                + END + label + DASHES + "\n";
    }
}
