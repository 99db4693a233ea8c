// SPDX-License-Identifier: GPL-3.0-or-later
// The schema that editors use and the decoder must know the same keys: each is checked against the other.
#include "models/workspace/workspace_keys.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <gtest/gtest.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya::workspace;

namespace {

QStringList sorted(QStringList list)
{
    list.sort();
    return list;
}

QJsonObject schema()
{
    QFile file(QStringLiteral(ATALAYA_SOURCE_DIR "/resources/workspace.schema.json"));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return QJsonDocument::fromJson(file.readAll()).object();
}

QStringList textsIn(const QJsonValue &list)
{
    QStringList texts;
    for (const QJsonValue &each : list.toArray())
        texts += each.toString();
    return texts;
}

void expectSame(const QString &name, const QJsonObject &form, const KeySet &keys)
{
    EXPECT_EQ(sorted(form[u"properties"].toObject().keys()), sorted(keys.known)) << qPrintable(name);
    EXPECT_EQ(sorted(textsIn(form[u"required"])), sorted(keys.required)) << qPrintable(name);
    EXPECT_EQ(form[u"additionalProperties"], QJsonValue(false)) << qPrintable(name);
}

} // namespace

TEST(WorkspaceSchema, KnowsTheSameKeysAsTheDecoder)
{
    const QJsonObject root = schema();
    const QJsonObject defs = root[u"$defs"].toObject();
    QStringList names = workspaceKeys().keys();
    names.removeOne(u"workspace"_s);
    EXPECT_EQ(sorted(defs.keys()), sorted(names));
    expectSame(u"workspace"_s, root, workspaceKeys().value(u"workspace"_s));
    for (const QString &name : std::as_const(names))
        expectSame(name, defs[name].toObject(), workspaceKeys().value(name));
}

TEST(WorkspaceSchema, OffersEveryAdapter)
{
    const QJsonObject system = schema()[u"$defs"].toObject()[u"system"].toObject()[u"properties"].toObject();
    for (const QString &section : {u"breakers"_s, u"flags"_s}) {
        QStringList offered;
        for (const QJsonValue &each : system[section].toObject()[u"oneOf"].toArray())
            offered += each.toObject()[u"$ref"].toString().section(u':', -1);
        EXPECT_EQ(sorted(offered), sorted(adaptersOf(section)));
    }
}
