package com.nineminds.alga.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * An S3 store for the local run and the tests, on 127.0.0.1 only. It checks signatures (V4) and
 * their expiry. It holds a small demo image under the key of the appliance's image.
 */
public final class LocalObjectStore implements AutoCloseable {

  /** The key that the service presigns by default. */
  public static final String ISO_KEY = "appliance/current/alga-appliance.iso";

  private static final Logger LIBRARY = Logger.getLogger("org.gaul");

  private final BlobStore blobs;
  private final S3Proxy server;
  private final String bucket;

  private LocalObjectStore(BlobStore blobs, S3Proxy server, String bucket) {
    this.blobs = blobs;
    this.server = server;
    this.bucket = bucket;
  }

  /**
   * Starts the store. Creates the bucket and puts the demo image under {@link #ISO_KEY}, unless
   * they exist.
   *
   * @param directory directory that keeps the objects over restarts; null keeps them in memory
   * @param port port on 127.0.0.1; 0 for any free port
   * @param bucket name of at least three characters, as S3 requires
   */
  public static LocalObjectStore start(
      Path directory, int port, String accessKey, String secretKey, String bucket)
      throws IOException {
    LIBRARY.setLevel(Level.WARNING);
    BlobStore blobs =
        directory == null
            ? new TransientNio2BlobStore()
            : new FilesystemNio2BlobStore(SecretFiles.directory(directory).toString());
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
            .jettyMaxThreads(16)
            .stopTimeout(0)
            .build();
    LocalObjectStore store = new LocalObjectStore(blobs, server, bucket);
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("The object store does not start on port " + port, e);
    }
    if (!blobs.containerExists(bucket)) {
      blobs.createContainer(bucket);
    }
    store.offerDemoIso(ISO_KEY);
    return store;
  }

  /** Puts the demo image under this key, unless the key has an object. */
  public void offerDemoIso(String key) {
    if (!blobs.blobExists(bucket, key)) {
      byte[] image = demoIso();
      PutObjectRequest request =
          PutObjectRequest.builder()
              .bucket(bucket)
              .key(key)
              .contentType("application/x-iso9660-image")
              .contentLength((long) image.length)
              .build();
      blobs.putBlob(request, new ByteArrayInputStream(image));
    }
  }

  /** The content of the demo image. */
  public byte[] demoIso() {
    return DemoIso.bytes();
  }

  /** The address of the store, for clients that address buckets by path. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** Stops the store at once. The objects in a directory stay. */
  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("The object store does not stop", e);
    } finally {
      blobs.close();
    }
  }
}
