package dev.weft.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition on a request or on its caller: Envoy's permissions and principals, which share most of their cases. */
public sealed interface AccessCondition {

    /** Always holds. */
    record Any() implements AccessCondition {}

    /** All of them hold. */
    record All(List<AccessCondition> conditions) implements AccessCondition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    /** One of them holds. */
    record OneOf(List<AccessCondition> conditions) implements AccessCondition {
        public OneOf {
            conditions = List.copyOf(conditions);
        }
    }

    /** It does not hold. */
    record Not(AccessCondition condition) implements AccessCondition {}

    /** A header, or {@code :method} or {@code :authority}; some value of a repeated header meets it. */
    record Header(HeaderMatch match) implements AccessCondition {}

    /** The normalised path without its query. */
    record Path(StringMatch match) implements AccessCondition {}

    /**
     * The normalised path without its query fits a template.
     *
     * @param template segments, of which <code>*</code> stands for one, not empty, and <code>**</code> for any number at the end
     */
    record PathTemplate(String template) implements AccessCondition {
        public PathTemplate {
            if (!template.startsWith("/")) {
                throw new IllegalArgumentException("template " + template + ": must begin with /");
            }
        }
    }

    /** This end of the connection. */
    record DestinationIp(Cidr range) implements AccessCondition {}

    /** The service port is in [start, end). */
    record DestinationPort(int start, int end) implements AccessCondition {
        public DestinationPort {
            if (start < 0 || end > 65_536 || start >= end) {
                throw new IllegalArgumentException("ports [" + start + ", " + end + "): within [0, 65536), not empty");
            }
        }
    }

    /** The server name that the caller asked for in the handshake; empty in plaintext. */
    record ServerName(StringMatch match) implements AccessCondition {}

    /** What earlier stages noted about the request, the claims of a JWT above all. */
    record Metadata(MetadataMatch match) implements AccessCondition {}

    /**
     * The caller has proved an identity by certificate.
     *
     * @param name condition on the whole SPIFFE identity, or null: any
     */
    record Authenticated(@Nullable StringMatch name) implements AccessCondition {}

    /** An address of the caller. */
    record SourceIp(Cidr range, Whose whose) implements AccessCondition {}

    /** Which of the caller's addresses. */
    enum Whose {
        /** The other end of the connection. */
        CONNECTION,
        /** The address that {@code x-forwarded-for} says, as far as it is trusted. */
        FORWARDED
    }
}
