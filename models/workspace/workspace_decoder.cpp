// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/workspace_decoder.h"

#include "models/base/time_text.h"
#include "models/http/json_reader.h"
#include "models/workspace/document_decoder.h"
#include "models/workspace/workspace_keys.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtCore/QTimeZone>

#include <algorithm>

namespace atalaya::workspace {

using namespace Qt::Literals::StringLiterals;

namespace {

using http::Json;

bool isLoopbackHost(const QString &host)
{
    const QString name = host.toLower();
    return name == u"localhost" || name.endsWith(u".localhost") || name == u"::1" || name.startsWith(u"127.");
}

/// Reads one document; the first fault stops it, and everything read after it is thrown away.
class Reader
{
public:
    Reader(const QByteArray &bytes, const QString &file)
        : m_file(QFileInfo(file).absoluteFilePath()), m_folder(QFileInfo(m_file).absoluteDir()), m_bytes(bytes)
    {
    }

    Result<Workspace> run()
    {
        const auto json = http::parseJson(m_bytes, m_file);
        if (!json)
            return failure(syntaxFault(json.error()));
        m_places = placesIn(m_bytes);
        if (m_places.duplicate)
            faultAt(*m_places.duplicate, m_places.duplicateLine,
                    u"this key stands twice; the first is in line %1"_s.arg(m_places.duplicateFirstLine));
        Workspace workspace = readWhole(*json);
        if (m_fault)
            return failure(*m_fault);
        return workspace;
    }

private:
    /// The reader of answers speaks of a server; here it is a file, whose line belongs to its name.
    Error syntaxFault(Error error) const
    {
        static const QRegularExpression place(u"line (\\d+)"_s);
        if (const auto match = place.match(error.summary); match.hasMatch())
            error.endpoint = m_file + u':' + match.captured(1);
        error.kind = ErrorKind::BadInput;
        error.summary.replace(u"answered nothing instead of JSON"_s, u"the file is empty"_s);
        if (error.summary.startsWith(u"answered "))
            error.summary = u"the file holds "_s + error.summary.sliced(9);
        error.serverWords.clear();
        return error;
    }

    void faultAt(const QString &pointer, int line, const QString &summary)
    {
        if (m_fault)
            return;
        Error error;
        error.kind = ErrorKind::BadInput;
        error.endpoint = u"%1:%2 at %3"_s.arg(m_file).arg(line).arg(pointer.isEmpty() ? u"/"_s : pointer);
        error.summary = summary;
        m_fault = std::move(error);
    }
    void fault(const QString &pointer, const QString &summary)
    {
        faultAt(pointer, m_places.lineOfValue(pointer), summary);
    }
    void warn(const QString &pointer, const QString &text)
    {
        m_warnings += u"line %1 at %2: %3"_s.arg(m_places.lineOfValue(pointer)).arg(pointer, text);
    }
    static QString under(const QString &pointer, const QString &key) { return pointer + u'/' + pointerStep(key); }

    /// Whether it is an object with only the keys of `form` and all that it requires.
    bool isForm(const Json &json, const QString &pointer, const QString &form)
    {
        if (!json.is_object()) {
            fault(pointer, u"an object is expected here, not %1"_s.arg(QString::fromUtf8(json.type_name())));
            return false;
        }
        const KeySet keys = workspaceKeys().value(form);
        for (auto it = json.begin(); it != json.end(); ++it) {
            const QString key = QString::fromStdString(it.key());
            if (!keys.known.contains(key)) {
                const QString member = under(pointer, key);
                faultAt(member, m_places.lineOfKey(member),
                        u"unknown key \"%1\"%2"_s.arg(key, hintFor(key, keys.known)));
                return false;
            }
        }
        for (const QString &key : keys.required) {
            if (!json.contains(key.toStdString())) {
                fault(pointer, u"the key \"%1\" is missing"_s.arg(key));
                return false;
            }
        }
        return true;
    }

    const Json *member(const Json &object, const char *key) const
    {
        const auto it = object.find(key);
        return it == object.end() ? nullptr : &*it;
    }

    QString text(const Json &object, const char *key, const QString &pointer, bool mayBeEmpty = true)
    {
        const Json *value = member(object, key);
        if (!value)
            return {};
        const QString at = under(pointer, QString::fromUtf8(key));
        if (!value->is_string()) {
            fault(at, u"a text is expected here, not %1"_s.arg(QString::fromUtf8(value->type_name())));
            return {};
        }
        const QString read = http::toQString(*value);
        if (read.isEmpty() && !mayBeEmpty)
            fault(at, u"it must not be empty"_s);
        return read;
    }

    bool boolean(const Json &object, const char *key, const QString &pointer)
    {
        const Json *value = member(object, key);
        if (value && !value->is_boolean())
            fault(under(pointer, QString::fromUtf8(key)), u"true or false is expected here"_s);
        return value && value->is_boolean() && value->get<bool>();
    }

    Milliseconds duration(const Json &object, const char *key, const QString &pointer, Milliseconds otherwise)
    {
        if (!member(object, key))
            return otherwise;
        const auto parsed = parseDuration(text(object, key, pointer));
        if (!parsed)
            fault(under(pointer, QString::fromUtf8(key)), parsed.error().summary);
        return parsed.value_or(otherwise);
    }

    QStringList texts(const Json &object, const char *key, const QString &pointer)
    {
        QStringList list;
        each(object, key, pointer, [&](const Json &value, const QString &at) {
            if (value.is_string() && !value.get_ref<const std::string &>().empty())
                list += http::toQString(value);
            else
                fault(at, u"a text is expected here"_s);
        });
        return list;
    }

    template <typename Take>
    void each(const Json &object, const char *key, const QString &pointer, Take take)
    {
        const Json *list = member(object, key);
        if (!list)
            return;
        const QString at = under(pointer, QString::fromUtf8(key));
        if (!list->is_array()) {
            fault(at, u"a list is expected here, not %1"_s.arg(QString::fromUtf8(list->type_name())));
            return;
        }
        for (std::size_t i = 0; i < list->size() && !m_fault; ++i)
            take((*list)[i], at + u'/' + QString::number(i));
    }

    QString path(const QString &written) const
    {
        if (written.isEmpty() || written.startsWith(u":/"))
            return written;
        return QDir::cleanPath(m_folder.absoluteFilePath(written));
    }

    /// A word out of a fixed list.
    QString word(const Json &object, const char *key, const QString &pointer, const QStringList &known)
    {
        const QString read = text(object, key, pointer);
        if (member(object, key) && !known.contains(read))
            fault(under(pointer, QString::fromUtf8(key)), u"\"%1\" is not allowed%2"_s.arg(read, hintFor(read, known)));
        return read;
    }

    SecretReference secret(const Json &json, const QString &pointer)
    {
        if (json.is_string()) {
            fault(
                pointer,
                u"the secret itself must not stand here; name where it is kept: {\"keyring\": NAME}, {\"env\": NAME}, "
                "{\"file\": PATH} or {\"ask\": true}"_s);
            return {};
        }
        if (!isForm(json, pointer, u"secret"_s))
            return {};
        if (json.size() != 1) {
            fault(pointer, u"exactly one of keyring, env, file and ask is expected"_s);
            return {};
        }
        if (json.contains("ask")) {
            if (!boolean(json, "ask", pointer))
                fault(under(pointer, u"ask"_s), u"only true makes sense here"_s);
            return {SecretReference::Kind::Ask, {}};
        }
        if (json.contains("keyring"))
            return {SecretReference::Kind::Keyring, text(json, "keyring", pointer, false)};
        if (json.contains("env"))
            return {SecretReference::Kind::Environment, text(json, "env", pointer, false)};
        return {SecretReference::Kind::File, path(text(json, "file", pointer, false))};
    }

    Auth auth(const Json &object, const char *key, const QString &pointer)
    {
        const Json *json = member(object, key);
        const QString at = under(pointer, QString::fromUtf8(key));
        if (!json || !isForm(*json, at, u"auth"_s))
            return {};
        if (json->size() != 1) {
            fault(at, u"exactly one of bearer, basic and header is expected"_s);
            return {};
        }
        if (const Json *bearer = member(*json, "bearer"))
            return {Auth::Kind::Bearer, {}, secret(*bearer, under(at, u"bearer"_s))};
        if (const Json *basic = member(*json, "basic")) {
            const QString inside = under(at, u"basic"_s);
            if (!isForm(*basic, inside, u"basic"_s))
                return {};
            return {Auth::Kind::Basic, text(*basic, "user", inside, false),
                    secret(*member(*basic, "password"), under(inside, u"password"_s))};
        }
        const Json &header = *member(*json, "header");
        const QString inside = under(at, u"header"_s);
        if (!isForm(header, inside, u"header"_s))
            return {};
        return {Auth::Kind::Header, text(header, "name", inside, false),
                secret(*member(header, "value"), under(inside, u"value"_s))};
    }

    TlsFiles tls(const Json &object, const QString &pointer)
    {
        const Json *json = member(object, "tls");
        const QString at = under(pointer, u"tls"_s);
        if (!json || !isForm(*json, at, u"tls"_s))
            return {};
        TlsFiles files{path(text(*json, "ca_file", at)), path(text(*json, "certificate_file", at)),
                       path(text(*json, "key_file", at)), text(*json, "pin_sha256", at).remove(u':').toLower()};
        static const QRegularExpression hex(u"^[0-9a-f]{64}$"_s);
        if (!files.pinSha256.isEmpty() && !hex.match(files.pinSha256).hasMatch())
            fault(under(at, u"pin_sha256"_s), u"64 hexadecimal digits are expected here"_s);
        if (files.certificateFile.isEmpty() != files.keyFile.isEmpty())
            fault(at, u"certificate_file and key_file go together"_s);
        return files;
    }

    Access access(const Json &json, const QString &pointer)
    {
        Access read;
        const QString at = under(pointer, u"url"_s);
        const QString written = text(json, "url", pointer, false);
        read.url = QUrl(written, QUrl::StrictMode);
        if (!m_fault && (!read.url.isValid() || read.url.host().isEmpty() ||
                         (read.url.scheme() != u"http" && read.url.scheme() != u"https")))
            fault(at, u"\"%1\" is not an http or https address"_s.arg(written));
        if (!read.url.userInfo().isEmpty())
            fault(at, u"the address holds a user name or password; use auth instead"_s);
        if (read.url.hasQuery() || read.url.hasFragment())
            fault(at, u"the address may not hold a query or fragment: paths are appended to it"_s);
        read.timeout = duration(json, "timeout", pointer, Milliseconds(10'000));
        if (const Json *headers = member(json, "headers")) {
            const QString inside = under(pointer, u"headers"_s);
            if (!headers->is_object()) {
                fault(inside, u"an object of header names and texts is expected here"_s);
            } else {
                for (auto it = headers->begin(); it != headers->end(); ++it) {
                    const QString name = QString::fromStdString(it.key());
                    if (QStringList{u"authorization"_s, u"proxy-authorization"_s, u"cookie"_s}.contains(name.toLower()))
                        fault(under(inside, name),
                              u"a credential must not stand here; name where it is kept under \"auth\""_s);
                    else if (it.value().is_string())
                        read.headers.append({QString::fromStdString(it.key()), http::toQString(it.value())});
                    else
                        fault(under(inside, QString::fromStdString(it.key())), u"a text is expected here"_s);
                }
            }
        }
        read.auth = auth(json, "auth", pointer);
        read.tls = tls(json, pointer);
        read.allowPlainHttp = boolean(json, "allow_plain_http", pointer);
        checkPlainHttp(read, read.auth, pointer, under(pointer, u"auth"_s));
        return read;
    }

    /// Credentials go over plain http to loopback only, unless the operator permits it; then it is said.
    void checkPlainHttp(const Access &access, const Auth &used, const QString &owner, const QString &at)
    {
        if (m_fault || used.kind == Auth::Kind::None || access.url.scheme() == u"https" ||
            isLoopbackHost(access.url.host()))
            return;
        if (!access.allowPlainHttp)
            fault(at,
                  u"a credential would go over plain http to %1; use https, or set \"allow_plain_http\": true"_s.arg(
                      access.url.host()));
        else if (!m_saidPlain.contains(owner)) {
            m_saidPlain.insert(owner);
            warn(owner, u"credentials go over plain http to %1"_s.arg(access.url.host()));
        }
    }

    void takeName(QSet<QString> &taken, const QString &name, const QString &pointer, const QString &what)
    {
        if (taken.contains(name))
            fault(pointer, u"%1 \"%2\" stands twice"_s.arg(what, name));
        taken.insert(name);
    }

    Workspace readWhole(const Json &json)
    {
        Workspace workspace;
        workspace.file = m_file;
        if (m_fault || !isForm(json, {}, u"workspace"_s))
            return workspace;
        const Json &version = *member(json, "atalaya");
        if (!version.is_number_integer() || version.get<std::int64_t>() != 1)
            fault(u"/atalaya"_s, u"this version of Atalaya reads the format 1"_s);
        workspace.name = text(json, "name", {});
        for (const QString &written : texts(json, "dashboards", {}))
            workspace.dashboards += path(written);
        m_dashboardFolders = workspace.dashboards;
        QSet<QString> names;
        each(json, "environments", {}, [&](const Json &each, const QString &at) {
            workspace.environments.append(environment(each, at));
            takeName(names, workspace.environments.last().name, at + u"/name"_s, u"the environment"_s);
        });
        if (workspace.environments.isEmpty())
            fault(u"/environments"_s, u"at least one environment is needed"_s);
        workspace.warnings = m_warnings;
        return workspace;
    }

    Environment environment(const Json &json, const QString &pointer)
    {
        Environment read;
        if (!isForm(json, pointer, u"environment"_s))
            return read;
        read.name = text(json, "name", pointer, false);
        const QString guard = word(json, "guard", pointer, {u"open"_s, u"guarded"_s, u"protected"_s});
        read.guard = guard == u"open" ? Guard::Open : guard == u"protected" ? Guard::Protected : Guard::Guarded;
        read.kind = word(json, "kind", pointer, {u"production"_s, u"staging"_s, u"drill"_s});
        if (read.kind.isEmpty())
            read.kind = read.name.contains(u"drill", Qt::CaseInsensitive) ? u"drill"_s
                        : read.guard == Guard::Protected || read.name.contains(u"prod", Qt::CaseInsensitive)
                            ? u"production"_s
                            : u"staging"_s;
        read.timeZone = text(json, "time_zone", pointer).toUtf8();
        if (!read.timeZone.isEmpty() && !QTimeZone(read.timeZone).isValid()) {
            const QString at = under(pointer, u"time_zone"_s);
            // A bare system has no time zone database; that is no fault of the file.
            if (QTimeZone("Europe/London").isValid()) {
                fault(at, u"\"%1\" is not a known time zone; write it as Europe/Madrid"_s.arg(
                              QString::fromUtf8(read.timeZone)));
            } else {
                warn(at, u"this system has no time zone database (package tzdata); times are shown in its own zone"_s);
                read.timeZone.clear();
            }
        }
        QSet<QString> names;
        for (const auto &[key, kind] : {std::pair{"prometheus", SourceKind::Prometheus},
                                        {"alertmanager", SourceKind::Alertmanager},
                                        {"loki", SourceKind::Loki}}) {
            each(json, key, pointer, [&](const Json &each, const QString &at) {
                read.sources.append(source(each, at, kind, QString::fromUtf8(key)));
                takeName(names, read.sources.last().name, at + u"/name"_s, u"the source"_s);
            });
        }
        QSet<QString> keys;
        each(json, "systems", pointer, [&](const Json &each, const QString &at) {
            read.systems.append(system(each, at, read));
            takeName(keys, read.systems.last().key, at + u"/key"_s, u"the system"_s);
        });
        return read;
    }

    Source source(const Json &json, const QString &pointer, SourceKind kind, const QString &form)
    {
        Source read;
        read.kind = kind;
        if (!isForm(json, pointer, form))
            return read;
        read.name = text(json, "name", pointer, false);
        read.access = access(json, pointer);
        read.scrapeInterval = duration(json, "scrape_interval", pointer, Milliseconds(15'000));
        read.cluster = text(json, "cluster", pointer);
        read.writeAuth = auth(json, "write_auth", pointer);
        checkPlainHttp(read.access, read.writeAuth, pointer, under(pointer, u"write_auth"_s));
        return read;
    }

    System system(const Json &json, const QString &pointer, const Environment &environment)
    {
        System read;
        if (!isForm(json, pointer, u"system"_s))
            return read;
        read.key = text(json, "key", pointer, false);
        read.title = member(json, "title") ? text(json, "title", pointer) : read.key;
        read.prometheus = prometheus(json, pointer, environment);
        read.selector = text(json, "selector", pointer);
        if (read.selector.startsWith(u'{'))
            fault(under(pointer, u"selector"_s), u"write the matchers without braces, as in job=\"x\""_s);
        QSet<QString> names;
        each(json, "instances", pointer, [&](const Json &each, const QString &at) {
            read.instances.append(instance(each, at));
            takeName(names, read.instances.last().name, at + u"/name"_s, u"the instance"_s);
        });
        if (const Json *health = member(json, "health");
            health && isForm(*health, pointer + u"/health"_s, u"health"_s)) {
            const QString at = pointer + u"/health"_s;
            read.health =
                HealthSettings{texts(*health, "paths", at), duration(*health, "interval", at, Milliseconds(10'000)),
                               auth(*health, "auth", at)};
            for (qsizetype i = 0; i < read.health->paths.size(); ++i)
                checkPath(read.health->paths.at(i), at + u"/paths/"_s + QString::number(i));
            if (read.health->paths.isEmpty())
                fault(at + u"/paths"_s, u"at least one path is needed"_s);
            checkEvery(read, read.health->auth, at + u"/auth"_s, pointer);
        }
        read.breakers = control(json, "breakers", pointer, read);
        read.flags = control(json, "flags", pointer, read);
        // One contract, one credential: it need not be written twice.
        if (read.breakers && read.flags && read.breakers->adapter == read.flags->adapter &&
            read.breakers->base == read.flags->base) {
            if (read.flags->auth.kind == Auth::Kind::None)
                read.flags->auth = read.breakers->auth;
            if (read.flags->writeAuth.kind == Auth::Kind::None)
                read.flags->writeAuth = read.breakers->writeAuth;
        }
        if (const Json *startup = member(json, "startup");
            startup && isForm(*startup, pointer + u"/startup"_s, u"startup"_s)) {
            read.startupPath = text(*startup, "path", pointer + u"/startup"_s, false);
            checkPath(read.startupPath, pointer + u"/startup/path"_s);
            read.startupAuth = auth(*startup, "auth", pointer + u"/startup"_s);
            checkEvery(read, read.startupAuth, pointer + u"/startup/auth"_s, pointer);
            // The start-up validation usually stands in the control contract, and is read with its credential.
            if (read.startupAuth.kind == Auth::Kind::None) {
                for (const auto &section : {read.breakers, read.flags}) {
                    if (section && !section->base.isEmpty() && read.startupPath.startsWith(section->base + u'/') &&
                        section->auth.kind != Auth::Kind::None)
                        read.startupAuth = section->auth;
                }
            }
        }
        each(json, "golden", pointer, [&](const Json &each, const QString &at) {
            if (!isForm(each, at, u"golden"_s))
                return;
            const QString better = word(each, "better", at, {u"lower"_s, u"higher"_s});
            read.golden.append({text(each, "title", at, false), text(each, "expr", at, false), text(each, "unit", at),
                                better == u"lower"    ? Better::Lower
                                : better == u"higher" ? Better::Higher
                                                      : Better::Neither});
        });
        for (const QString &written : texts(json, "dashboards", pointer))
            read.dashboards += dashboardPath(written);
        return read;
    }

    /// A dashboard named by a system: beside the workspace file, else in one of its folders of dashboards, else a
    /// shipped one.
    QString dashboardPath(const QString &written) const
    {
        const QString beside = path(written);
        QStringList candidates{beside};
        if (QDir::isRelativePath(written)) {
            for (const QString &folder : m_dashboardFolders)
                candidates += QDir(folder).filePath(written);
            candidates += u":/dashboards/"_s + written;
        }
        const auto found = std::find_if(candidates.cbegin(), candidates.cend(),
                                        [](const QString &file) { return QFileInfo::exists(file); });
        return found == candidates.cend() ? beside : *found;
    }

    QString prometheus(const Json &json, const QString &pointer, const Environment &environment)
    {
        QStringList known;
        for (const Source &source : environment.sources) {
            if (source.kind == SourceKind::Prometheus)
                known += source.name;
        }
        if (!member(json, "prometheus")) {
            if (known.size() > 1)
                fault(pointer,
                      u"the environment has several Prometheus servers; name one of %1 in \"prometheus\""_s.arg(
                          known.join(u", "_s)));
            return known.value(0);
        }
        const QString name = text(json, "prometheus", pointer, false);
        if (!known.contains(name))
            fault(under(pointer, u"prometheus"_s),
                  u"no Prometheus \"%1\" in this environment%2"_s.arg(name, hintFor(name, known)));
        return name;
    }

    Instance instance(const Json &json, const QString &pointer)
    {
        Instance read;
        if (!isForm(json, pointer, u"instance"_s))
            return read;
        read.name = text(json, "name", pointer, false);
        read.access = access(json, pointer);
        if (const Json *labels = member(json, "labels")) {
            const QString at = under(pointer, u"labels"_s);
            if (!labels->is_object())
                fault(at, u"an object of label names and texts is expected here"_s);
            else
                for (auto it = labels->begin(); it != labels->end(); ++it) {
                    if (it.value().is_string())
                        read.labels[QString::fromStdString(it.key())] = http::toQString(it.value());
                    else
                        fault(under(at, QString::fromStdString(it.key())), u"a text is expected here"_s);
                }
        }
        if (!read.labels.contains(u"instance"_s))
            read.labels[u"instance"_s] = read.name;
        return read;
    }

    std::optional<ControlSettings> control(const Json &object, const char *key, const QString &pointer,
                                           const System &system)
    {
        const Json *json = member(object, key);
        if (!json)
            return std::nullopt;
        const QString section = QString::fromUtf8(key);
        const QString at = under(pointer, section);
        if (!json->is_object() || !json->contains("adapter")) {
            fault(at, u"an object with an \"adapter\" is expected here"_s);
            return std::nullopt;
        }
        const QString adapter = word(*json, "adapter", at, adaptersOf(section));
        if (m_fault || !isForm(*json, at, section + u':' + adapter))
            return std::nullopt;
        ControlSettings read;
        read.adapter = adapter;
        read.base = member(*json, "base") ? text(*json, "base", at) : adapter == u"ops" ? u"/ops/v1"_s : QString();
        while (read.base.endsWith(u'/'))
            read.base.chop(1);
        if (!read.base.isEmpty())
            checkPath(read.base, under(at, u"base"_s));
        read.auth = auth(*json, "auth", at);
        read.writeAuth = auth(*json, "write_auth", at);
        checkEvery(system, read.auth, under(at, u"auth"_s), pointer);
        checkEvery(system, read.writeAuth, under(at, u"write_auth"_s), pointer);
        if (const Json *gauge = member(*json, "gauge"))
            read.gauge = breakerGauge(*gauge, under(at, u"gauge"_s));
        if (!readAdaptersOf(section).contains(adapter))
            warn(under(at, u"adapter"_s),
                 u"this version does not read the adapter \"%1\" yet; its %2 are not known"_s.arg(adapter, section));
        return read;
    }

    BreakerGauge breakerGauge(const Json &json, const QString &pointer)
    {
        BreakerGauge read;
        if (!isForm(json, pointer, u"gauge"_s))
            return read;
        read.metric = text(json, "metric", pointer, false);
        read.nameLabel = text(json, "name_label", pointer);
        read.breakerName = text(json, "name", pointer);
        if (read.nameLabel.isEmpty() && read.breakerName.isEmpty())
            fault(pointer, u"either \"name_label\" (the label that holds the breaker's name) or \"name\" is needed"_s);
        const QString at = under(pointer, u"encoding"_s);
        const Json &encoding = *member(json, "encoding");
        if (!encoding.is_object() || encoding.empty()) {
            fault(at,
                  u"an object such as {\"0\": \"closed\", \"1\": \"open\", \"2\": \"half_open\"} is expected here"_s);
            return read;
        }
        const QStringList words{u"closed"_s, u"open"_s, u"half_open"_s};
        for (auto it = encoding.begin(); it != encoding.end(); ++it) {
            const QString number = QString::fromStdString(it.key());
            bool isNumber = false;
            const int value = number.toInt(&isNumber);
            if (!isNumber)
                fault(under(at, number), u"\"%1\" is not a whole number"_s.arg(number));
            const QString state = it.value().is_string() ? http::toQString(it.value()) : QString();
            if (!words.contains(state))
                fault(under(at, number), u"\"%1\" is not allowed%2"_s.arg(state, hintFor(state, words)));
            read.encoding.insert(value, state);
        }
        return read;
    }

    void checkPath(const QString &path, const QString &pointer)
    {
        if (!path.startsWith(u'/'))
            fault(pointer, u"\"%1\" is not a path; it starts with /"_s.arg(path));
    }

    void checkEvery(const System &system, const Auth &used, const QString &at, const QString &systemPointer)
    {
        for (qsizetype i = 0; i < system.instances.size(); ++i)
            checkPlainHttp(system.instances.at(i).access, used, systemPointer + u"/instances/"_s + QString::number(i),
                           at);
    }

    const QString m_file;
    const QDir m_folder;
    const QByteArray m_bytes;
    DocumentPlaces m_places;
    std::optional<Error> m_fault;
    QStringList m_warnings;
    QStringList m_dashboardFolders;
    QSet<QString> m_saidPlain;
};

} // namespace

Result<Workspace> decodeWorkspace(const QByteArray &bytes, const QString &file)
{
    return Reader(bytes, file).run();
}

Result<Workspace> readWorkspace(const QString &file)
{
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly))
        return failure(ErrorKind::BadInput, file, u"the workspace file cannot be read: %1"_s.arg(opened.errorString()));
    constexpr qint64 mostBytes = 4 * 1024 * 1024;
    const QByteArray bytes = opened.read(mostBytes + 1);
    if (bytes.size() > mostBytes)
        return failure(ErrorKind::BadInput, file, u"the workspace file is larger than 4 MiB"_s);
    return decodeWorkspace(bytes, file);
}

} // namespace atalaya::workspace
