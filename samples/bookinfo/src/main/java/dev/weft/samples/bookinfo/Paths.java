package dev.weft.samples.bookinfo;

import java.net.URI;

/** Reads paths such as {@code /reviews/0}. */
final class Paths {
    private Paths() {}

    /** The number that is all of the path after {@code prefix}, or -1 where there is none. */
    static int idAfter(String prefix, URI uri) {
        String path = uri.getPath();
        if (!path.startsWith(prefix)) {
            return -1;
        }
        String rest = path.substring(prefix.length());
        return rest.matches("[0-9]{1,6}") ? Integer.parseInt(rest) : -1;
    }
}
