package dev.weft.credential;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Small files, read whole. */
final class FileText {
    private FileText() {}

    /** @param what it is, for messages: {@code join token} */
    static String read(Path file, String what, int mostBytes, String remedy) throws CredentialException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new CredentialException(
                        what + " " + file + " has more than " + mostBytes + " bytes and cannot be one", remedy);
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            throw new CredentialException(what + " " + file + " is not there", remedy);
        } catch (IOException e) {
            throw new CredentialException(
                    what + " " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", remedy);
        }
    }
}
