// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/fonts.h"

#include <QtCore/QVariant>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QApplication>

#include "resources/resources.h"

#include <cmath>

namespace atalaya::theme {

using namespace Qt::Literals::StringLiterals;

namespace {

int pixels(TextSize size)
{
    switch (size) {
    case TextSize::Small:
        return 12;
    case TextSize::Body:
        return 13;
    case TextSize::Title:
        return 20;
    case TextSize::Figure:
        return 28;
    }
    return 13;
}

QFont sized(const QString &family, TextSize size, QFont::Weight weight)
{
    QFont result(family);
    result.setPixelSize(static_cast<int>(std::lround(pixels(size) * textScale())));
    result.setWeight(weight);
    result.setHintingPreference(QFont::PreferNoHinting);
    return result;
}

} // namespace

double textScale()
{
    const QVariant scale = qApp ? qApp->property("atalayaTextScale") : QVariant();
    return scale.isValid() ? scale.toDouble() : 1.0;
}

QFont font(TextSize size, QFont::Weight weight)
{
    return sized(u"Atalaya Sans"_s, size, weight);
}

QFont monoFont(TextSize size, QFont::Weight weight)
{
    QFont result = sized(u"Atalaya Mono"_s, size, weight);
    result.setStyleHint(QFont::Monospace);
    result.setFixedPitch(true);
    return result;
}

int lineHeight(TextSize size)
{
    switch (size) {
    case TextSize::Small:
        return static_cast<int>(std::lround(16 * textScale()));
    case TextSize::Body:
        return static_cast<int>(std::lround(20 * textScale()));
    case TextSize::Title:
        return static_cast<int>(std::lround(26 * textScale()));
    case TextSize::Figure:
        return static_cast<int>(std::lround(32 * textScale()));
    }
    return 20;
}

void registerFonts()
{
    registerAtalayaResources();
    if (QFontDatabase::hasFamily(u"Atalaya Sans"_s) && QFontDatabase::hasFamily(u"Atalaya Mono"_s))
        return;
    for (const QString &file :
         {u"AtalayaSans-Regular.otf"_s, u"AtalayaSans-Medium.otf"_s, u"AtalayaSans-SemiBold.otf"_s,
          u"AtalayaMono-Regular.ttf"_s, u"AtalayaMono-SemiBold.ttf"_s})
        QFontDatabase::addApplicationFont(u":/fonts/"_s + file);
}

} // namespace atalaya::theme
