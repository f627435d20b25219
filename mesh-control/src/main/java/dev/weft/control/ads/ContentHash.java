package dev.weft.control.ads;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** Versions made from content, so that they survive restarts and agree between replicas. */
final class ContentHash {
    /** 96 bits: a collision between two versions of one resource is not to be feared, and a stream keeps many. */
    private static final int BYTES = 12;

    private ContentHash() {}

    static String of(ByteString content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.asReadOnlyByteBuffer());
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A version for a set of resources, in their order. */
    static String ofVersions(Collection<Resource> resources) {
        StringBuilder all = new StringBuilder();
        resources.forEach(resource -> all.append(resource.name())
                .append('=')
                .append(resource.version())
                .append('\n'));
        return of(ByteString.copyFromUtf8(all.toString()));
    }

    /** Packs with map entries in a fixed order; protobuf promises none otherwise, and the version would waver. */
    static Any pack(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Any.newBuilder()
                .setTypeUrl(
                        "type.googleapis.com/" + message.getDescriptorForType().getFullName())
                .setValue(ByteString.copyFrom(bytes))
                .build();
    }
}
