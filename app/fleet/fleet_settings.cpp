// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleet_settings.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <nlohmann/json.hpp>

#include <cmath>

namespace atalaya::fleet {

using namespace Qt::Literals::StringLiterals;
using Json = nlohmann::ordered_json;

namespace {

/// Reads the document into `settings`; the first fault ends it.
class SettingsReader
{
public:
    explicit SettingsReader(QString path) : m_path(std::move(path)) {}

    Result<FleetSettings> read()
    {
        QFile file(m_path);
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorKind::BadInput, m_path, u"the file cannot be read"_s, file.errorString());
        const QByteArray bytes = file.read(1 << 20);
        const Json root = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
        if (root.is_discarded())
            return failure(ErrorKind::BadInput, m_path, u"this is not JSON"_s);
        if (!root.is_object())
            return failure(ErrorKind::BadInput, m_path, u"this is not a JSON object"_s);
        readRoot(root);
        if (!m_fault.isEmpty())
            return failure(ErrorKind::BadInput, m_path, m_fault);
        return m_settings;
    }

private:
    void fail(const QString &what)
    {
        if (m_fault.isEmpty())
            m_fault = what;
    }

    void allowOnly(const Json &object, const QString &where, std::initializer_list<const char *> keys)
    {
        for (const auto &[key, value] : object.items()) {
            if (std::none_of(keys.begin(), keys.end(), [&](const char *known) { return key == known; }))
                fail(u"%1 has an unknown key \"%2\""_s.arg(where, QString::fromStdString(key)));
        }
    }

    std::string text(const Json &object, const char *key, const QString &where)
    {
        const auto found = object.find(key);
        if (found == object.end() || !found->is_string() || found->get_ref<const std::string &>().empty()) {
            fail(u"%1 needs \"%2\", a text"_s.arg(where, QString::fromUtf8(key)));
            return {};
        }
        return found->get<std::string>();
    }

    quint16 port(const Json &object, const char *key, const QString &where)
    {
        const auto found = object.find(key);
        if (found == object.end())
            return 0;
        if (!found->is_number_unsigned() || found->get<quint64>() > 65535) {
            fail(u"%1: \"%2\" is a port from 0 to 65535"_s.arg(where, QString::fromUtf8(key)));
            return 0;
        }
        return quint16(found->get<quint64>());
    }

    void readRoot(const Json &root)
    {
        allowOnly(root, u"the configuration"_s, {"instances", "speed", "seed", "log_dir", "admin_port", "tokens"});
        m_settings.logFolder = QString::fromStdString(text(root, "log_dir", u"the configuration"_s));
        m_settings.adminPort = port(root, "admin_port", u"the configuration"_s);
        if (root.contains("speed")) {
            const Json &speed = root["speed"];
            if (speed.is_number() && speed.get<double>() >= 0.1 && speed.get<double>() <= 100)
                m_settings.speed = speed.get<double>();
            else
                fail(u"\"speed\" is a number from 0.1 to 100"_s);
        }
        if (root.contains("seed")) {
            if (root["seed"].is_number_unsigned())
                m_settings.seed = root["seed"].get<std::uint64_t>();
            else
                fail(u"\"seed\" is a whole number from 0 on"_s);
        }
        const auto tokens = root.find("tokens");
        if (tokens == root.end() || !tokens->is_object()) {
            fail(u"\"tokens\" is an object"_s);
        } else {
            allowOnly(*tokens, u"\"tokens\""_s, {"viewer_file", "operator_file", "admin_file"});
            readToken(*tokens, "viewer_file", "viewer", Role::Viewer);
            readToken(*tokens, "operator_file", "operator", Role::Operator);
            readToken(*tokens, "admin_file", "admin", Role::Admin);
        }
        if (!root.contains("instances") || !root["instances"].is_array() || root["instances"].empty())
            fail(u"\"instances\" is a list of at least one"_s);
        else
            for (const Json &instance : root["instances"])
                readInstance(instance);
    }

    void readToken(const Json &tokens, const char *key, const char *name, Role role)
    {
        const QString path = QString::fromStdString(text(tokens, key, u"\"tokens\""_s));
        if (!m_fault.isEmpty())
            return;

        const QFileInfo about(path);
        constexpr QFile::Permissions others =
            QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        if (about.exists() && (about.permissions() & others))
            return fail(u"the token file %1 is open to others than its owner; its mode must be 0600"_s.arg(path));
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return fail(u"the token file %1 cannot be read"_s.arg(path));
        const Credential credential{name, role, file.read(4096).trimmed().toStdString()};
        if (credential.token.size() < 16)
            return fail(u"the token in %1 is shorter than 16 characters"_s.arg(path));
        m_settings.credentials.push_back(credential);
    }

    void readInstance(const Json &instance)
    {
        if (!instance.is_object())
            return fail(u"an instance is an object"_s);
        allowOnly(instance, u"an instance"_s, {"system", "id", "port", "environment"});
        FleetSettings::Instance read;
        read.system = text(instance, "system", u"an instance"_s);
        read.settings.id = text(instance, "id", u"an instance"_s);
        if (!isSafeName(read.settings.id))
            fail(u"the instance id \"%1\" is not [A-Za-z0-9._-]{1,64}"_s.arg(QString::fromStdString(read.settings.id)));
        read.settings.port = port(instance, "port", u"an instance"_s);
        for (const FleetSettings::Instance &other : m_settings.instances) {
            if (other.settings.id == read.settings.id)
                fail(u"two instances are called \"%1\""_s.arg(QString::fromStdString(read.settings.id)));
        }
        if (instance.contains("environment")) {
            if (!instance["environment"].is_object())
                return fail(u"an instance's \"environment\" is an object"_s);
            for (const auto &[name, value] : instance["environment"].items()) {
                if (value.is_string())
                    read.settings.environment[name] = value.get<std::string>();
                else if (value.is_null())
                    read.settings.environment[name] = std::nullopt;
                else
                    fail(u"the variable \"%1\" is a text, or null to unset it"_s.arg(QString::fromStdString(name)));
            }
        }
        m_settings.instances.push_back(std::move(read));
    }

    QString m_path;
    QString m_fault;
    FleetSettings m_settings;
};

} // namespace

Result<FleetSettings> readFleetSettings(const QString &path)
{
    return SettingsReader(path).read();
}

} // namespace atalaya::fleet
