// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/workspace/workspace_keys.h"

#include <algorithm>
#include <vector>

namespace atalaya::workspace {

using namespace Qt::Literals::StringLiterals;

namespace {

QMap<QString, KeySet> makeKeys()
{
    const QStringList source{u"name"_s, u"url"_s, u"timeout"_s,         u"headers"_s,
                             u"auth"_s, u"tls"_s, u"allow_plain_http"_s};
    const QStringList control{u"adapter"_s, u"base"_s, u"auth"_s, u"write_auth"_s};
    const QStringList adapterOnly{u"adapter"_s};
    QMap<QString, KeySet> keys;
    keys[u"workspace"_s] = {{u"$schema"_s, u"atalaya"_s, u"name"_s, u"dashboards"_s, u"environments"_s},
                            {u"atalaya"_s, u"name"_s, u"environments"_s}};
    keys[u"environment"_s] = {
        {u"name"_s, u"guard"_s, u"kind"_s, u"time_zone"_s, u"prometheus"_s, u"alertmanager"_s, u"loki"_s, u"systems"_s},
        {u"name"_s}};
    keys[u"prometheus"_s] = {source + QStringList{u"scrape_interval"_s}, {u"name"_s, u"url"_s}};
    keys[u"alertmanager"_s] = {source + QStringList{u"cluster"_s, u"write_auth"_s}, {u"name"_s, u"url"_s}};
    keys[u"loki"_s] = {source, {u"name"_s, u"url"_s}};
    keys[u"system"_s] = {{u"key"_s, u"title"_s, u"prometheus"_s, u"selector"_s, u"instances"_s, u"health"_s,
                          u"breakers"_s, u"flags"_s, u"startup"_s, u"golden"_s, u"dashboards"_s},
                         {u"key"_s}};
    keys[u"instance"_s] = {source + QStringList{u"labels"_s}, {u"name"_s, u"url"_s}};
    keys[u"health"_s] = {{u"paths"_s, u"interval"_s, u"auth"_s}, {u"paths"_s}};
    keys[u"startup"_s] = {{u"path"_s, u"auth"_s}, {u"path"_s}};
    keys[u"golden"_s] = {{u"title"_s, u"expr"_s, u"unit"_s, u"better"_s}, {u"title"_s, u"expr"_s}};
    keys[u"gauge"_s] = {{u"metric"_s, u"name_label"_s, u"name"_s, u"encoding"_s}, {u"metric"_s, u"encoding"_s}};
    keys[u"tls"_s] = {{u"ca_file"_s, u"certificate_file"_s, u"key_file"_s, u"pin_sha256"_s}, {}};
    keys[u"auth"_s] = {{u"bearer"_s, u"basic"_s, u"header"_s}, {}};
    keys[u"basic"_s] = {{u"user"_s, u"password"_s}, {u"user"_s, u"password"_s}};
    keys[u"header"_s] = {{u"name"_s, u"value"_s}, {u"name"_s, u"value"_s}};
    keys[u"secret"_s] = {{u"keyring"_s, u"env"_s, u"file"_s, u"ask"_s}, {}};

    keys[u"breakers:ops"_s] = {control + QStringList{u"gauge"_s}, adapterOnly};
    keys[u"breakers:gauge"_s] = {{u"adapter"_s, u"gauge"_s}, {u"adapter"_s, u"gauge"_s}};
    keys[u"breakers:resilience4j"_s] = {control + QStringList{u"gauge"_s}, adapterOnly};
    keys[u"breakers:spring-boot-admin"_s] = {control + QStringList{u"url"_s, u"application"_s, u"gauge"_s},
                                             {u"adapter"_s, u"url"_s}};
    keys[u"breakers:http"_s] = {control + QStringList{u"list"_s, u"trip"_s, u"release"_s, u"reset"_s, u"gauge"_s},
                                {u"adapter"_s, u"list"_s}};
    keys[u"flags:ops"_s] = {control, adapterOnly};
    keys[u"flags:http"_s] = {control + QStringList{u"list"_s, u"set"_s}, {u"adapter"_s, u"list"_s}};
    keys[u"flags:unleash"_s] = {control + QStringList{u"url"_s, u"project"_s, u"environment"_s},
                                {u"adapter"_s, u"url"_s}};
    keys[u"flags:flipt"_s] = {control + QStringList{u"url"_s, u"namespace"_s}, {u"adapter"_s, u"url"_s}};
    keys[u"flags:togglz"_s] = {control, adapterOnly};
    keys[u"flags:ofrep"_s] = {control + QStringList{u"url"_s, u"flags"_s}, adapterOnly};
    return keys;
}

int distance(const QString &a, const QString &b)
{
    std::vector<std::vector<int>> cost(static_cast<std::size_t>(a.size()) + 1,
                                       std::vector<int>(static_cast<std::size_t>(b.size()) + 1));
    for (std::size_t i = 0; i < cost.size(); ++i) {
        for (std::size_t j = 0; j < cost[i].size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = static_cast<int>(i + j);
                continue;
            }
            const auto at = [](const QString &text, std::size_t n) { return text.at(static_cast<qsizetype>(n)); };
            const int change = at(a, i - 1) == at(b, j - 1) ? 0 : 1;
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && at(a, i - 1) == at(b, j - 2) && at(a, i - 2) == at(b, j - 1))
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost.back().back();
}

} // namespace

const QMap<QString, KeySet> &workspaceKeys()
{
    static const QMap<QString, KeySet> keys = makeKeys();
    return keys;
}

QStringList adaptersOf(const QString &section)
{
    QStringList adapters;
    for (const QString &name : workspaceKeys().keys()) {
        if (name.startsWith(section + u':'))
            adapters += name.mid(section.size() + 1);
    }
    return adapters;
}

QStringList readAdaptersOf(const QString &section)
{
    return section == u"breakers" ? QStringList{u"gauge"_s, u"ops"_s} : QStringList{u"ops"_s};
}

QString nearest(const QString &word, const QStringList &known)
{
    // A very long word cannot be near a known one, and the table of distances would be huge.
    if (word.size() > 64)
        return {};
    QString best;
    int bestDistance = std::max<int>(1, static_cast<int>(word.size()) / 3) + 1;
    for (const QString &candidate : known) {
        const int d = distance(word.toLower(), candidate.toLower());
        if (d < bestDistance) {
            bestDistance = d;
            best = candidate;
        }
    }
    return best;
}

QString hintFor(const QString &word, const QStringList &known)
{
    if (const QString near = nearest(word, known); !near.isEmpty())
        return u"; did you mean \"%1\"?"_s.arg(near);
    return u"; known here: %1"_s.arg(known.join(u", "_s));
}

} // namespace atalaya::workspace
