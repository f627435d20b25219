package dev.weft.authz.external;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.config.HeaderOps;
import dev.weft.config.HeaderOps.Action;
import dev.weft.config.HeaderOps.Setting;
import dev.weft.proto.envoy.config.core.v3.HeaderValue;
import dev.weft.proto.envoy.config.core.v3.HeaderValueOption;
import dev.weft.proto.envoy.service.auth.v3.CheckResponse;
import dev.weft.proto.envoy.service.auth.v3.DeniedHttpResponse;
import dev.weft.proto.envoy.service.auth.v3.OkHttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a gRPC authorizer's answer means. */
final class CheckResponses {
    private static final int FORBIDDEN = 403;

    private CheckResponses() {}

    static Verdict verdict(byte[] message) throws NoAnswerException {
        try {
            CheckResponse found = CheckResponse.parseFrom(message);
            return found.getStatus().getCode() == 0 ? yes(found) : no(found);
        } catch (InvalidProtocolBufferException e) {
            throw new NoAnswerException("its answer is no CheckResponse: " + e.getMessage());
        }
    }

    @SuppressWarnings("deprecation") // dynamic_metadata has moved, and still counts where it was
    private static Verdict yes(CheckResponse found) {
        OkHttpResponse ok = found.getOkResponse();
        List<String> remove = new ArrayList<>();
        for (String name : ok.getHeadersToRemoveList()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (Changeable.is(lower)) {
                remove.add(lower);
            }
        }
        Map<String, String> query = new LinkedHashMap<>();
        ok.getQueryParametersToSetList().forEach(one -> query.put(one.getKey(), one.getValue()));
        return new Verdict(
                true,
                new HeaderOps(settings(ok.getHeadersList()), remove),
                query,
                ok.getQueryParametersToRemoveList(),
                settings(ok.getResponseHeadersToAddList()),
                0,
                "",
                ok.hasDynamicMetadata() ? Structs.map(ok.getDynamicMetadata()) : metadata(found));
    }

    private static Verdict no(CheckResponse found) {
        DeniedHttpResponse denied = found.getDeniedResponse();
        int status = denied.getStatus().getCodeValue();
        return Verdict.no(
                status == 0 ? FORBIDDEN : status, settings(denied.getHeadersList()), denied.getBody(), metadata(found));
    }

    private static Map<String, @Nullable Object> metadata(CheckResponse found) {
        return Structs.map(found.getDynamicMetadata());
    }

    private static List<Setting> settings(List<HeaderValueOption> found) {
        List<Setting> settings = new ArrayList<>(found.size());
        for (HeaderValueOption option : found) {
            HeaderValue header = option.getHeader();
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (Changeable.is(name)) {
                boolean raw =
                        header.getValue().isEmpty() && !header.getRawValue().isEmpty();
                String value = raw ? header.getRawValue().toStringUtf8() : header.getValue();
                settings.add(new Setting(name, value, action(option)));
            }
        }
        return settings;
    }

    /**
     * Envoy's contract for these messages: what says nothing replaces. A field that only the authorizer should have written must not
     * stand behind one of the caller's.
     */
    @SuppressWarnings("deprecation") // `append` is what this message's contract speaks of
    private static Action action(HeaderValueOption option) {
        if (option.hasAppend()) {
            return option.getAppend().getValue() ? Action.APPEND : Action.OVERWRITE;
        }
        return switch (option.getAppendAction()) {
            case ADD_IF_ABSENT -> Action.ADD_IF_ABSENT;
            case OVERWRITE_IF_EXISTS -> Action.OVERWRITE_IF_PRESENT;
            default -> Action.OVERWRITE;
        };
    }
}
