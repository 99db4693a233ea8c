// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/clock.h"
#include "models/base/labels.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <optional>
#include <utility>

/// What the operator configured, as values. Format: the workspace file, version 1 (resources/workspace.schema.json).
namespace atalaya::workspace {

/// Where a secret is kept; never the secret itself.
struct SecretReference
{
    enum class Kind
    {
        None,
        Keyring,
        Environment,
        File,
        Ask
    };
    Kind kind = Kind::None;
    QString name; ///< keyring entry, variable or absolute path

    bool operator==(const SecretReference &) const = default;
};

struct Auth
{
    enum class Kind
    {
        None,
        Bearer,
        Basic,
        Header
    };
    Kind kind = Kind::None;
    QString name; ///< user of basic, header name of header
    SecretReference secret;

    bool operator==(const Auth &) const = default;
};

struct TlsFiles
{
    QString caFile; ///< absolute paths
    QString certificateFile;
    QString keyFile;
    QString pinSha256; ///< 64 hex digits, or empty

    bool operator==(const TlsFiles &) const = default;
};

/// How one server is reached: the part that sources, instances and control endpoints share.
struct Access
{
    QUrl url;
    Milliseconds timeout{10'000};
    QList<std::pair<QString, QString>> headers;
    Auth auth;
    TlsFiles tls;
    bool allowPlainHttp = false;

    bool operator==(const Access &) const = default;
};

enum class SourceKind
{
    Prometheus,
    Alertmanager,
    Loki
};

struct Source
{
    SourceKind kind = SourceKind::Prometheus;
    QString name; ///< unique in its environment
    Access access;
    Milliseconds scrapeInterval{15'000}; ///< Prometheus only
    QString cluster;                     ///< Alertmanager only: sources with one cluster name share silences
    Auth writeAuth;                      ///< Alertmanager only, for silences; kind None: `access.auth` serves

    bool operator==(const Source &) const = default;
};

struct Instance
{
    QString name;
    Access access; ///< url is the instance's base
    Labels labels; ///< the labels by which Prometheus knows it, at least `instance`

    bool operator==(const Instance &) const = default;
};

/// How a breaker's gauge is read. Encodings differ from system to system; a number that is not listed is unknown.
struct BreakerGauge
{
    QString metric;
    QString nameLabel; ///< empty: the system has one breaker, named `breakerName`
    QString breakerName;
    QMap<int, QString> encoding; ///< number -> "closed", "open", "half_open"

    bool operator==(const BreakerGauge &) const = default;
};

struct ControlSettings
{
    QString adapter;                   ///< "ops", "gauge", ...
    QString base;                      ///< path below the instance's url, "/ops/v1"
    Auth auth;                         ///< for reading
    Auth writeAuth;                    ///< for writing; kind None: `auth` serves
    std::optional<BreakerGauge> gauge; ///< breakers only

    bool operator==(const ControlSettings &) const = default;
};

struct HealthSettings
{
    QStringList paths; ///< the first one decides the status; further ones are live and ready probes
    Milliseconds interval{10'000};
    Auth auth;

    bool operator==(const HealthSettings &) const = default;
};

enum class Better
{
    Neither,
    Lower,
    Higher
};

struct GoldenSignal
{
    QString title;
    QString expr;
    QString unit;
    Better better = Better::Neither;

    bool operator==(const GoldenSignal &) const = default;
};

struct System
{
    QString key;
    QString title;
    QString prometheus; ///< a source's name; empty: the environment's only one
    QString selector;   ///< label matchers without braces, job="x"
    QList<Instance> instances;
    std::optional<HealthSettings> health;
    std::optional<ControlSettings> breakers;
    std::optional<ControlSettings> flags;
    QString startupPath; ///< empty: no start-up validation
    QList<GoldenSignal> golden;
    QStringList dashboards; ///< absolute paths, or ":/dashboards/NAME" for shipped ones
    Auth startupAuth;       ///< for reading the start-up validation; kind None: the instance's own

    bool operator==(const System &) const = default;
};

enum class Guard
{
    Open,
    Guarded,
    Protected
};

struct Environment
{
    QString name;
    Guard guard = Guard::Guarded;
    QString kind;          ///< "production", "staging", "drill": colour of the band; from the name where not given
    QByteArray timeZone;   ///< IANA id; empty: the operator's own
    QList<Source> sources; ///< Prometheus, Alertmanager and Loki, in the file's order
    QList<System> systems;

    bool operator==(const Environment &) const = default;
};

struct Workspace
{
    QString name;
    QString file;           ///< absolute path it was read from
    QStringList dashboards; ///< absolute paths of files and folders
    QList<Environment> environments;
    QStringList warnings; ///< such as credentials permitted over plain http

    bool operator==(const Workspace &) const = default;
};

} // namespace atalaya::workspace
