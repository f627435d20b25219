package dev.weft.http.okhttp;

import okhttp3.Response;

/** Responses that are only remembered by a later one. */
final class Bodiless {
    private static final boolean EVERY_RESPONSE_HAS_A_BODY = everyResponseHasABody();

    private Bodiless() {}

    /** OkHttp 4 takes no remembered response with a body; OkHttp 5 knows none without, and does not mind one that is closed. */
    static Response of(Response response) {
        Response.Builder builder = response.newBuilder().networkResponse(null).priorResponse(null);
        return (EVERY_RESPONSE_HAS_A_BODY ? builder : builder.body(null)).build();
    }

    private static boolean everyResponseHasABody() {
        try {
            new Response.Builder().body(null);
            return false;
        } catch (NullPointerException e) {
            return true;
        }
    }
}
