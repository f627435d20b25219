package dev.weft.authz.external;

import dev.weft.config.HeaderOps;
import dev.weft.config.HeaderOps.Setting;
import java.util.List;
import java.util.Map;

/**
 * What an authorizer has said.
 *
 * @param allowed whether the request may pass
 * @param request changes to the request, if it may
 * @param query parameters to write into the request's query
 * @param withoutQuery parameters to take out of it
 * @param response fields for the answer: the application's if the request may pass, else the mesh's own
 * @param status of a refusal
 * @param body of a refusal
 * @param metadata for policies
 */
record Verdict(
        boolean allowed,
        HeaderOps request,
        Map<String, String> query,
        List<String> withoutQuery,
        List<Setting> response,
        int status,
        String body,
        Map<String, ?> metadata) {

    static Verdict no(int status, List<Setting> response, String body, Map<String, ?> metadata) {
        return new Verdict(false, HeaderOps.NONE, Map.of(), List.of(), response, status, body, metadata);
    }
}
