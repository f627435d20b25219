package dev.weft.control.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar; {@code development} where there is none. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"weft " + (version == null ? "development" : version)};
    }
}
