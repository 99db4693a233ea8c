// SPDX-License-Identifier: GPL-3.0-or-later
// The program itself, as its parent sees it.
#include "tests/app/fleet/fleet_rig.h"
#include "tests/support/event_loop.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QProcess>
#include <QtNetwork/QTcpSocket>

#include <gtest/gtest.h>

#include <fstream>

namespace atalaya::fleet::test {

using namespace Qt::Literals::StringLiterals;
using atalaya::test::runUntil;

namespace {

QString program()
{
    return QStringLiteral(ATALAYA_BINARY_DIR "/bin/atalaya-fleet");
}

class Program : public testing::Test
{
protected:
    Program()
    {
        nlohmann::json json{{"log_dir", m_folder.filePath(u"logs"_s).toStdString()}, {"speed", 20}};
        for (const char *role : {"viewer", "operator", "admin"}) {
            const QString path = m_folder.filePath(QString::fromUtf8(role));
            QFile file(path);
            EXPECT_TRUE(file.open(QIODevice::WriteOnly));
            file.write("0123456789abcdef");
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
            json["tokens"][std::string(role) + "_file"] = path.toStdString();
        }
        json["instances"] = nlohmann::json::parse(
            R"([{"system":"ai-proveedores","id":"ai-prov-1"},{"system":"ai-proveedores","id":"ai-prov-2"}])");
        std::ofstream(config().toStdString()) << json;
    }
    ~Program() override
    {
        if (m_process.state() != QProcess::NotRunning) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    QString config() const { return m_folder.filePath(u"fleet.json"_s); }

    nlohmann::json startAndReadReadyLine()
    {
        m_process.start(program(), {u"--config"_s, config()});
        EXPECT_TRUE(runUntil([&] { return m_process.canReadLine(); }));
        return nlohmann::json::parse(m_process.readLine().toStdString(), nullptr, false);
    }

    bool hasEnded()
    {
        return runUntil([&] { return m_process.state() == QProcess::NotRunning; });
    }

    QByteArray statusLine(const QUrl &url, const QByteArray &path)
    {
        QTcpSocket socket;
        socket.connectToHost(url.host(), quint16(url.port()));
        socket.write("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        EXPECT_TRUE(
            runUntil([&] { return socket.canReadLine() || socket.state() == QAbstractSocket::UnconnectedState; }));
        return socket.readLine().trimmed();
    }

    QTemporaryDir m_folder;
    QProcess m_process;
};

} // namespace

TEST_F(Program, SaysWhereItListensAndDrainsWhenTold)
{
    const auto ready = startAndReadReadyLine();
    ASSERT_TRUE(ready.is_object());
    EXPECT_EQ(ready["ready"], true);
    ASSERT_EQ(ready["instances"].size(), 2u);
    EXPECT_EQ(ready["instances"][1]["id"], "ai-prov-2");
    EXPECT_TRUE(ready["admin_url"].get<std::string>().starts_with("http://127.0.0.1:"));
    const QUrl url(QString::fromStdString(ready["instances"][0]["url"]));
    EXPECT_TRUE(runUntil([&] { return statusLine(url, "/health/ready") == "HTTP/1.1 200 OK"; }));

    m_process.terminate();
    EXPECT_TRUE(runUntil([&] { return statusLine(url, "/health/ready").contains("503"); }));
    EXPECT_EQ(statusLine(url, "/health/live"), "HTTP/1.1 200 OK");
    ASSERT_TRUE(hasEnded());
    EXPECT_EQ(m_process.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(m_process.exitCode(), 0);
    EXPECT_TRUE(QFile::exists(m_folder.filePath(u"logs/ai-prov-1.log"_s)));
}

TEST_F(Program, ToldTwiceItEndsAtOnce)
{
    startAndReadReadyLine();
    m_process.terminate();
    m_process.terminate();
    ASSERT_TRUE(hasEnded());
    EXPECT_TRUE(m_process.exitCode() == 128 + 15 || m_process.exitCode() == 0) << "two signals may arrive as one";
}

TEST_F(Program, EndsWithItsParent)
{
    // A shell in between, which is killed: its child must not stay behind.
    m_process.start(u"/bin/sh"_s, {u"-c"_s, u"\"$0\" --config \"$1\" & echo $!; wait"_s, program(), config()});
    ASSERT_TRUE(runUntil([&] { return m_process.canReadLine(); }));
    const QString child = QString::fromUtf8(m_process.readLine().trimmed());
    ASSERT_TRUE(runUntil([&] { return m_process.canReadLine(); })) << "the ready line";
    m_process.kill();
    const auto isGone = [&] {
        QFile stat(u"/proc/%1/stat"_s.arg(child));
        return !stat.open(QIODevice::ReadOnly) || stat.readAll().contains(") Z ");
    };
    EXPECT_TRUE(runUntil(isGone));
}

TEST_F(Program, ABadConfigurationIsOneLineAndStatus2)
{
    std::ofstream(config().toStdString()) << "{\"speed\":1}";
    m_process.start(program(), {u"--config"_s, config()});
    ASSERT_TRUE(hasEnded());
    EXPECT_EQ(m_process.exitCode(), 2);
    const QByteArray said = m_process.readAllStandardError();
    EXPECT_EQ(said.count('\n'), 1) << said.constData();
    EXPECT_TRUE(said.startsWith("atalaya-fleet: "));
    EXPECT_TRUE(m_process.readAllStandardOutput().isEmpty());
}

TEST_F(Program, AnUnknownSystemIsStatus2)
{
    nlohmann::json json;
    std::ifstream(config().toStdString()) >> json;
    json["instances"][0]["system"] = "mainframe";
    std::ofstream(config().toStdString()) << json;
    m_process.start(program(), {u"--config"_s, config()});
    ASSERT_TRUE(hasEnded());
    EXPECT_EQ(m_process.exitCode(), 2);
    EXPECT_TRUE(m_process.readAllStandardError().contains("mainframe"));
}

TEST_F(Program, WithoutAConfigurationItSaysHowToUseIt)
{
    m_process.start(program(), {});
    ASSERT_TRUE(hasEnded());
    EXPECT_EQ(m_process.exitCode(), 2);
    EXPECT_TRUE(m_process.readAllStandardError().contains("--config FILE"));
}

TEST_F(Program, WritesAPastPieceByPiece)
{
    const QString pieces = m_folder.filePath(u"pieces"_s);
    ASSERT_TRUE(QDir().mkpath(pieces));
    m_process.start(program(), {u"--config"_s, config(), u"--history"_s, pieces, u"--until"_s, u"1700000000000"_s,
                                u"--span"_s, u"5000"_s, u"--step"_s, u"1000"_s});
    ASSERT_TRUE(hasEnded());
    EXPECT_EQ(m_process.exitCode(), 0);
    const auto line = nlohmann::json::parse(m_process.readLine().toStdString(), nullptr, false);
    ASSERT_TRUE(line.is_object());
    QFile piece(QString::fromStdString(line["piece"]));
    ASSERT_TRUE(piece.open(QIODevice::ReadOnly));
    EXPECT_TRUE(piece.readAll().endsWith("# EOF\n"));
}

} // namespace atalaya::fleet::test
