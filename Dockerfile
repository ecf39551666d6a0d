# syntax=docker/dockerfile:1

# Two images. The last is the default: the program and nothing else.
#   docker build --tag omnic .
#   docker run --rm --volume "$PWD:/project:ro" omnic check
# The other has a shell and git, which CI systems and `--changed` need.
#   docker build --target ci --tag omnic:ci .

ARG RUST_VERSION=1.95
ARG ALPINE_VERSION=3.22

FROM rust:${RUST_VERSION}-alpine AS build
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

FROM alpine:${ALPINE_VERSION} AS ci
# A checkout belongs to another user than the one who runs here; git would not read it.
RUN apk add --no-cache git && git config --system --add safe.directory '*' && adduser -D -u 65532 omnic
COPY --from=build /omnic /usr/local/bin/omnic
USER 65532:65532
WORKDIR /project

FROM scratch
COPY --from=build /omnic /omnic
USER 65532:65532
WORKDIR /project
ENTRYPOINT ["/omnic"]
CMD ["--help"]
