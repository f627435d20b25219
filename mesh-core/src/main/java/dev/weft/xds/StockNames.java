package dev.weft.xds;

/**
 * The names by which a Weft node asks mesh-control for resources in the shape of stock gRPC libraries, beside its own on the same
 * stream: the plain name behind a prefix. What such a resource refers to has plain names.
 */
public final class StockNames {
    private static final String PREFIX = "grpc/";

    private StockNames() {}

    public static boolean is(String name) {
        return name.startsWith(PREFIX);
    }

    /** The name on the stream of a plain one. */
    public static String of(String plain) {
        return PREFIX + plain;
    }

    /** The plain name of one on the stream. */
    public static String plain(String name) {
        return name.substring(PREFIX.length());
    }
}
