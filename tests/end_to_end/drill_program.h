// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QProcess>
#include <QtCore/QStringList>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>

#include <nlohmann/json.hpp>

namespace atalaya::test {

using Json = nlohmann::ordered_json;

/// What one run of the program `atalaya` said.
struct ProgramRun
{
    int status = -1;
    QByteArray out;
    QByteArray error;

    /// The output as JSON; discarded where it is none.
    Json json() const { return Json::parse(out.toStdString(), nullptr, false); }
};

/// Runs the built `atalaya` with settings of its own until it ends, with this process's event loop running.
ProgramRun runAtalaya(const QStringList &arguments, int seconds = 40);

/// `atalaya drill` as a child, ended with the object.
class DrillProgram
{
public:
    explicit DrillProgram(double speed);
    ~DrillProgram();

    bool isLive() const { return !m_addresses.is_null(); }
    QByteArray errors() { return m_process.readAllStandardError(); }
    QProcess &process() { return m_process; }
    QString workspace() const { return text("workspace"); }
    QString prometheus() const { return text("prometheus"); }
    QString alertmanager() const { return text("alertmanager"); }
    const Json &addresses() const { return m_addresses; }

private:
    QString text(const char *key) const { return QString::fromStdString(m_addresses.value(key, std::string())); }

    QProcess m_process;
    Json m_addresses;
};

/// The body of one GET, asked without any code of ours; `token` goes along as a bearer's, where there is one.
Json getJson(const QString &url, const QByteArray &token = {});
Json prometheusVector(const QString &prometheus, const QString &expr);

} // namespace atalaya::test
