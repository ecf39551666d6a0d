# Two images. The last is the default: the program and nothing else.
#   docker build --tag omnic .
#   docker run --rm --volume "$PWD:/project:ro" omnic check
# The other has a shell and git, which CI systems and `--changed` need.
#   docker build --target ci --tag omnic:ci .

# A tag can be moved to another image, a digest cannot. Both digests are of the index of all platforms.
ARG RUST_IMAGE=rust:1.95.0-alpine3.22@sha256:064dfc925d68d1a63f4fd2871bd7dc6e6ea56692989a487185855d62885d90aa
ARG ALPINE_IMAGE=alpine:3.22@sha256:5291449c3df73caf6ed85e649dec1b9e818b39a5d8c871e97afc13e9cd5e8fa8

FROM ${RUST_IMAGE} AS build
# The allocator is written in C.
RUN apk add --no-cache build-base
WORKDIR /source
COPY . .
# What `omnic --version --verbose` tells: docker build --build-arg BUILD_COMMIT="$(git rev-parse HEAD)" .
ARG BUILD_COMMIT
# On Alpine, Rust links the C library into the program.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked && cp target/release/omnic /omnic
# For `omnic serve --data /data`: a volume that is mounted there belongs to whom the folder belongs to.
RUN mkdir /data

FROM ${ALPINE_IMAGE} AS ci
# Git reads no checkout that belongs to another user. A job that uses `--changed` names the one it trusts; docs/ci.md
# says how.
RUN apk add --no-cache git && adduser -D -u 65532 omnic
COPY --from=build /omnic /usr/local/bin/omnic
USER 65532:65532
WORKDIR /project

FROM scratch
COPY --from=build /omnic /omnic
COPY --from=build --chown=65532:65532 /data /data
USER 65532:65532
WORKDIR /project
ENTRYPOINT ["/omnic"]
CMD ["--help"]
