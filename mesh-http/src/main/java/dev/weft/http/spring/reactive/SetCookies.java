package dev.weft.http.spring.reactive;

import dev.weft.request.Headers;
import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Cookies that an answer sets. */
final class SetCookies {
    private SetCookies() {}

    static MultiValueMap<String, ResponseCookie> parse(Headers headers) {
        MultiValueMap<String, ResponseCookie> cookies = new LinkedMultiValueMap<>();
        headers.forEach((name, value) -> {
            if (name.equals("set-cookie")) {
                // Null for what is no cookie.
                Cookie cookie = ClientCookieDecoder.STRICT.decode(value);
                if (cookie != null) {
                    cookies.add(cookie.name(), shown(cookie));
                }
            }
        });
        return CollectionUtils.unmodifiableMultiValueMap(cookies);
    }

    private static ResponseCookie shown(Cookie cookie) {
        return ResponseCookie.fromClientResponse(cookie.name(), cookie.value())
                .domain(cookie.domain())
                .path(cookie.path())
                .maxAge(cookie.maxAge())
                .secure(cookie.isSecure())
                .httpOnly(cookie.isHttpOnly())
                .sameSite(sameSite(cookie))
                .partitioned(cookie instanceof DefaultCookie given && given.isPartitioned())
                .build();
    }

    private static @Nullable String sameSite(Cookie cookie) {
        return cookie instanceof DefaultCookie given && given.sameSite() != null
                ? given.sameSite().name()
                : null;
    }
}
