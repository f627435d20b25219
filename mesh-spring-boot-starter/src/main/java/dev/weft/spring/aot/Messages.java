package dev.weft.spring.aot;

import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.ProtocolMessageEnum;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

/**
 * Messages of the control plane. Protobuf calls their accessors, and those of their builders, by name as soon as a message is
 * unpacked from an {@code Any}, compared or printed; which ones that are depends on what the control plane sends.
 */
final class Messages {
    private static final String[] PATTERNS = {
        "classpath*:dev/weft/proto/**/*.class",
        "classpath*:com/google/protobuf/*.class",
        "classpath*:com/google/rpc/*.class"
    };

    private Messages() {}

    static void register(RuntimeHints hints, @Nullable ClassLoader loader) {
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver(loader);
        try {
            for (String pattern : PATTERNS) {
                for (Resource file : resolver.getResources(pattern)) {
                    register(hints, loader, file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void register(RuntimeHints hints, @Nullable ClassLoader loader, Resource file) throws IOException {
        String url = file.getURL().toString();
        Class<?> type = ClassUtils.resolveClassName(name(url), loader);
        if (MessageOrBuilder.class.isAssignableFrom(type) || ProtocolMessageEnum.class.isAssignableFrom(type)) {
            hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
        }
    }

    /** {@code jar:file:/a.jar!/dev/weft/proto/Any$1.class}: what follows the root that the pattern names. */
    private static String name(String url) {
        int start = Math.max(url.lastIndexOf("/dev/weft/proto/"), url.lastIndexOf("/com/google/"));
        return url.substring(start + 1, url.length() - ".class".length()).replace('/', '.');
    }
}
