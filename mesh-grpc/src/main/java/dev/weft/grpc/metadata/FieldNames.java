package dev.weft.grpc.metadata;

import io.grpc.Metadata;

/** Which header fields can be metadata, and how. */
public final class FieldNames {
    private FieldNames() {}

    /**
     * Whether metadata can have a field of that name. HTTP allows more names, which proxies, policies and authorizers may use; gRPC has no
     * key for them, so that nobody could read such a field, and must not fail for it.
     *
     * @param name in lower case
     */
    public static boolean fit(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
            if (!allowed) {
                return false;
            }
        }
        return !name.isEmpty() && !name.equals(Metadata.BINARY_HEADER_SUFFIX);
    }

    /** Whether values of that name are bytes, which are in base64 on the wire. */
    public static boolean isBinary(String name) {
        return name.endsWith(Metadata.BINARY_HEADER_SUFFIX);
    }
}
