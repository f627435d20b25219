package dev.weft.control.translate.inbound;

import com.google.protobuf.UInt32Value;
import dev.weft.proto.envoy.config.core.v3.CidrRange;

/** Blocks of IP addresses. */
final class Blocks {
    private Blocks() {}

    /** @param block {@code 10.0.0.0/8}, or an address that stands for itself; checked before */
    static CidrRange of(String block) {
        int slash = block.indexOf('/');
        String address = slash < 0 ? block : block.substring(0, slash);
        int bits = slash < 0 ? (address.contains(":") ? 128 : 32) : Integer.parseInt(block.substring(slash + 1));
        return CidrRange.newBuilder()
                .setAddressPrefix(address)
                .setPrefixLen(UInt32Value.of(bits))
                .build();
    }
}
