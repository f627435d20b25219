package dev.weft.request;

/** Tells gRPC by its content type: {@code application/grpc}, alone or with a codec or parameters, and not gRPC-Web. */
public final class GrpcContent {
    private static final String TYPE = "application/grpc";

    private GrpcContent() {}

    /** Whether these are the headers of a gRPC request or response. */
    public static boolean in(Headers headers) {
        String type = headers.first("content-type");
        return type != null
                && type.startsWith(TYPE)
                && (type.length() == TYPE.length()
                        || type.charAt(TYPE.length()) == '+'
                        || type.charAt(TYPE.length()) == ';');
    }
}
