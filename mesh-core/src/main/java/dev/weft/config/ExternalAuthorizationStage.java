package dev.weft.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service outside that is asked whether a request may pass: Envoy's {@code ext_authz} filter, as a policy with action CUSTOM becomes it.
 *
 * @param service whom to ask, and how
 * @param cluster through which the mesh leads there
 * @param timeout of the question
 * @param failureModeAllow a request passes when nobody answered
 * @param failureModeAllowHeader it then says so in {@code x-envoy-auth-failure-mode-allowed}
 * @param statusOnError what the caller gets when nobody answered
 * @param when which requests are asked about; null = all
 * @param denyAtDisable requests that are not asked about are denied instead of passing
 * @param requestHeaders which of the request's fields are sent: null = all to a gRPC service and none beyond the usual to an HTTP service
 * @param hiddenHeaders which are not sent, whatever is said before
 * @param metadataNamespaces what else is known of the request, by filter; for a gRPC service
 * @param tlsSession the gRPC service is told the server name of the handshake
 */
public record ExternalAuthorizationStage(
        Service service,
        String cluster,
        Duration timeout,
        boolean failureModeAllow,
        boolean failureModeAllowHeader,
        int statusOnError,
        @Nullable MetadataMatch when,
        boolean denyAtDisable,
        @Nullable List<StringMatch> requestHeaders,
        List<StringMatch> hiddenHeaders,
        List<String> metadataNamespaces,
        boolean tlsSession)
        implements InboundStage {

    public ExternalAuthorizationStage {
        requestHeaders = requestHeaders == null ? null : List.copyOf(requestHeaders);
        hiddenHeaders = List.copyOf(hiddenHeaders);
        metadataNamespaces = List.copyOf(metadataNamespaces);
    }

    /** How to ask. */
    public sealed interface Service {

        /**
         * With the request's own method, path and host; 200 means yes.
         *
         * @param pathPrefix put before the request's path; may be empty
         * @param add fields sent besides, which replace the request's
         * @param upstream fields of a yes that replace the request's
         * @param upstreamAppend fields of a yes that are added to the request's
         * @param clientOnDeny fields of a no that the caller gets; empty = all
         * @param clientOnAllow fields of a yes that the caller gets with the answer
         * @param metadata fields of an answer that policies get to see
         */
        record Http(
                String pathPrefix,
                Map<String, String> add,
                List<StringMatch> upstream,
                List<StringMatch> upstreamAppend,
                List<StringMatch> clientOnDeny,
                List<StringMatch> clientOnAllow,
                List<StringMatch> metadata)
                implements Service {
            public Http {
                add = Map.copyOf(add);
                upstream = List.copyOf(upstream);
                upstreamAppend = List.copyOf(upstreamAppend);
                clientOnDeny = List.copyOf(clientOnDeny);
                clientOnAllow = List.copyOf(clientOnAllow);
                metadata = List.copyOf(metadata);
            }
        }

        /**
         * By {@code envoy.service.auth.v3.Authorization/Check}.
         *
         * @param authority said instead of the cluster's host; may be empty
         * @param metadata fields sent with the call
         */
        record Grpc(String authority, Map<String, String> metadata) implements Service {
            public Grpc {
                metadata = Map.copyOf(metadata);
            }
        }
    }
}
