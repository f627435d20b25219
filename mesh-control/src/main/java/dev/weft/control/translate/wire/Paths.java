package dev.weft.control.translate.wire;

import com.google.protobuf.BoolValue;
import dev.weft.control.istio.MeshConfig.PathNormalization;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;

/** Writes how paths are normalised: alike for calls that go out and for requests that arrive, so that both sides mean the same path. */
public final class Paths {
    private Paths() {}

    public static void write(PathNormalization paths, HttpConnectionManager.Builder out) {
        out.setNormalizePath(BoolValue.of(paths != PathNormalization.NONE));
        if (paths.compareTo(PathNormalization.MERGE_SLASHES) >= 0) {
            out.setMergeSlashes(true);
        }
        out.setPathWithEscapedSlashesAction(
                paths == PathNormalization.DECODE_AND_MERGE_SLASHES
                        ? PathWithEscapedSlashesAction.UNESCAPE_AND_FORWARD
                        : PathWithEscapedSlashesAction.KEEP_UNCHANGED);
    }
}
