package dev.weft.xds.reader;

import dev.weft.config.JwtProvider.Keys;
import dev.weft.proto.envoy.config.core.v3.DataSource;
import dev.weft.proto.envoy.config.core.v3.HttpUri;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwksAsyncFetch;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.JwtProvider;
import dev.weft.proto.envoy.extensions.filters.http.jwt_authn.v3.RemoteJwks;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where an issuer's keys are. */
final class JwksReader {
    private static final KnownFields LOCAL =
            KnownFields.of(DataSource.getDescriptor()).honours("inline_string", "inline_bytes");
    private static final KnownFields REMOTE = KnownFields.of(RemoteJwks.getDescriptor())
            .honours("http_uri", "cache_duration", "async_fetch")
            // Keys are fetched apart from requests, and again ten seconds after a failure.
            .skips("retry_policy");
    private static final KnownFields ASYNC = KnownFields.of(JwksAsyncFetch.getDescriptor())
            .honours("failed_refetch_duration")
            // Keys are fetched as soon as they are named, and nothing waits for them but requests that need them.
            .skips("fast_listener");
    private static final KnownFields URL =
            KnownFields.of(HttpUri.getDescriptor()).honours("uri", "cluster", "timeout");

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CACHE = Duration.ofMinutes(10);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private JwksReader() {}

    static Keys read(JwtProvider found, Place place) {
        switch (found.getJwksSourceSpecifierCase()) {
            case LOCAL_JWKS:
                return local(found.getLocalJwks(), place.at("local_jwks"));
            case REMOTE_JWKS:
                return remote(found.getRemoteJwks(), place.at("remote_jwks"));
            default:
                place.refuse(null, "one of local_jwks, remote_jwks");
                return new Keys.Inline("");
        }
    }

    private static Keys local(DataSource found, Place place) {
        LOCAL.check(found, place);
        switch (found.getSpecifierCase()) {
            case INLINE_STRING:
                return new Keys.Inline(found.getInlineString());
            case INLINE_BYTES:
                return new Keys.Inline(found.getInlineBytes().toStringUtf8());
            default:
                place.refuse(null, "one of inline_string, inline_bytes");
                return new Keys.Inline("");
        }
    }

    private static Keys remote(RemoteJwks found, Place place) {
        REMOTE.check(found, place);
        ASYNC.check(found.getAsyncFetch(), place.at("async_fetch"));
        HttpUri where = found.getHttpUri();
        Place at = place.at("http_uri");
        URL.check(where, at);
        URI url = url(where.getUri());
        if (url == null) {
            at.refuse("uri", where.getUri(), "an http or https URL with a host");
            return new Keys.Inline("");
        }
        return new Keys.Remote(
                url,
                where.getCluster(),
                duration(where.hasTimeout(), where.getTimeout(), TIMEOUT, at.at("timeout")),
                duration(found.hasCacheDuration(), found.getCacheDuration(), CACHE, place.at("cache_duration")),
                duration(
                        found.getAsyncFetch().hasFailedRefetchDuration(),
                        found.getAsyncFetch().getFailedRefetchDuration(),
                        RETRY,
                        place.at("async_fetch.failed_refetch_duration")));
    }

    private static @Nullable URI url(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            return web && url.getHost() != null && url.getRawUserInfo() == null ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static Duration duration(
            boolean said, com.google.protobuf.Duration found, Duration otherwise, Place place) {
        Duration duration = said ? Values.positive(found, place) : null;
        return duration == null ? otherwise : duration;
    }
}
