// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fleet/fleet_settings.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace atalaya::fleet::test {

using namespace Qt::Literals::StringLiterals;

namespace {

class Settings : public testing::Test
{
protected:
    Settings()
    {
        for (const char *role : {"viewer", "operator", "admin"}) {
            write(QString::fromUtf8(role), QByteArray(role) + "-token-0123456789\n",
                  QFile::ReadOwner | QFile::WriteOwner);
            m_json["tokens"][std::string(role) + "_file"] = path(QString::fromUtf8(role)).toStdString();
        }
        m_json["log_dir"] = "/tmp/logs";
        m_json["speed"] = 10;
        m_json["seed"] = 5;
        m_json["instances"] = nlohmann::json::parse(
            R"([{"system":"ai-proveedores","id":"ai-prov-1","port":0,"environment":{"A":"b","REDIS_URL":null}}])");
    }

    QString path(const QString &name) const { return m_folder.filePath(name); }

    void write(const QString &name, const QByteArray &bytes,
               QFile::Permissions permissions = QFile::ReadOwner | QFile::WriteOwner)
    {
        QFile file(path(name));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.setPermissions(permissions);
    }

    Result<FleetSettings> read()
    {
        write(u"fleet.json"_s, QByteArray::fromStdString(m_json.dump()));
        return readFleetSettings(path(u"fleet.json"_s));
    }

    /// The one-line complaint.
    std::string fault()
    {
        const auto settings = read();
        EXPECT_FALSE(settings.has_value());
        if (settings)
            return {};
        const QString sentence = sentenceFor(settings.error());
        EXPECT_FALSE(sentence.contains(u'\n'));
        return sentence.toStdString();
    }

    QTemporaryDir m_folder;
    nlohmann::json m_json;
};

} // namespace

TEST_F(Settings, AreReadWhole)
{
    const auto settings = read();
    ASSERT_TRUE(settings.has_value()) << sentenceFor(settings.error()).toStdString();
    EXPECT_EQ(settings->speed, 10);
    EXPECT_EQ(settings->seed, 5u);
    EXPECT_EQ(settings->logFolder, u"/tmp/logs"_s);
    ASSERT_EQ(settings->instances.size(), 1u);
    EXPECT_EQ(settings->instances[0].settings.id, "ai-prov-1");
    EXPECT_EQ(settings->instances[0].settings.environment.at("A"), "b");
    EXPECT_EQ(settings->instances[0].settings.environment.at("REDIS_URL"), std::nullopt);
    ASSERT_EQ(settings->credentials.size(), 3u);
    EXPECT_EQ(settings->credentials[1].role, Role::Operator);
    EXPECT_EQ(settings->credentials[1].token, "operator-token-0123456789");
}

TEST_F(Settings, ATokenOthersMayReadIsRefused)
{
    write(u"admin"_s, "admin-token-0123456789", QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup);
    EXPECT_NE(fault().find("0600"), std::string::npos);
}

TEST_F(Settings, AShortOrMissingTokenIsRefused)
{
    write(u"admin"_s, "short\n");
    EXPECT_NE(fault().find("16 characters"), std::string::npos);
    m_json["tokens"]["admin_file"] = path(u"nowhere"_s).toStdString();
    EXPECT_NE(fault().find("cannot be read"), std::string::npos);
    m_json["tokens"].erase("admin_file");
    EXPECT_NE(fault().find("admin_file"), std::string::npos);
}

TEST_F(Settings, EachFaultIsNamed)
{
    const nlohmann::json good = m_json;
    const auto faultWith = [&](const nlohmann::json &patch) {
        m_json = good;
        m_json.merge_patch(patch);
        return fault();
    };
    EXPECT_NE(faultWith({{"speeed", 3}}).find("speeed"), std::string::npos);
    EXPECT_NE(faultWith({{"speed", 0}}).find("speed"), std::string::npos);
    EXPECT_NE(faultWith({{"speed", "fast"}}).find("speed"), std::string::npos);
    EXPECT_NE(faultWith({{"seed", -1}}).find("seed"), std::string::npos);
    EXPECT_NE(faultWith({{"log_dir", nullptr}}).find("log_dir"), std::string::npos);
    EXPECT_NE(faultWith({{"instances", nlohmann::json::array()}}).find("instances"), std::string::npos);
    EXPECT_NE(faultWith({{"admin_port", 70000}}).find("admin_port"), std::string::npos);
    const nlohmann::json one = good["instances"][0];
    EXPECT_NE(faultWith({{"instances", {one, one}}}).find("ai-prov-1"), std::string::npos);
    nlohmann::json odd = one;
    odd["id"] = "a/b";
    EXPECT_NE(faultWith({{"instances", {odd}}}).find("a/b"), std::string::npos);
    odd = one;
    odd["environment"]["A"] = 7;
    EXPECT_NE(faultWith({{"instances", {odd}}}).find("\"A\""), std::string::npos);
}

TEST_F(Settings, WhatIsNoJsonIsSaid)
{
    write(u"fleet.json"_s, "{\"speed\":");
    const auto settings = readFleetSettings(path(u"fleet.json"_s));
    ASSERT_FALSE(settings.has_value());
    EXPECT_NE(sentenceFor(settings.error()).indexOf(u"not JSON"_s), -1);
    EXPECT_FALSE(readFleetSettings(path(u"none.json"_s)).has_value());
}

} // namespace atalaya::fleet::test
