package dev.weft;

import dev.weft.credential.CertificateFiles;
import dev.weft.credential.WatchedFiles;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.World;
import java.util.concurrent.ExecutorService;

/** Files that somebody else keeps. */
final class FilesSupply implements IdentitySupply {
    private final ExecutorService executor;
    private final WatchedFiles files;

    FilesSupply(CertificateFiles paths, String service, World world) {
        executor = Workers.one("weft-identity-" + service);
        files = new WatchedFiles(paths, world, executor);
    }

    @Override
    public IdentitySource source() {
        return files;
    }

    @Override
    public void start() {
        files.start();
    }

    @Override
    public void close() {
        files.close();
        executor.shutdown();
    }
}
