package dev.weft.control.translate.inbound;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;

/** Messages whose types are not among the generated ones. */
final class Wire {
    private static final String PREFIX = "type.googleapis.com/";

    private Wire() {}

    /** A message without fields. */
    static Any empty(String type) {
        return Any.newBuilder().setTypeUrl(PREFIX + type).build();
    }

    /** {@code TcpProxy}, of whose fields only these two are written: {@code stat_prefix} and {@code cluster}. */
    static Any tcpProxy(String statPrefix, String cluster) {
        UnknownFieldSet fields = UnknownFieldSet.newBuilder()
                .addField(1, text(statPrefix))
                .addField(2, text(cluster))
                .build();
        return Any.newBuilder()
                .setTypeUrl(PREFIX + "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy")
                .setValue(fields.toByteString())
                .build();
    }

    private static UnknownFieldSet.Field text(String value) {
        return UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(value))
                .build();
    }
}
