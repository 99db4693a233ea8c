// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/style_sheet.h"

#include "widgets/theme/theme.h"

#include <QtCore/QFile>

namespace atalaya::theme {

using namespace Qt::Literals::StringLiterals;

QString styleSheetOf(const Theme &theme)
{
    QFile file(u":/styles/atalaya.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString source = QString::fromUtf8(file.readAll());
    QString result;
    result.reserve(source.size() * 2);
    for (qsizetype at = 0; at < source.size();) {
        if (source.at(at) != u'@') {
            result += source.at(at++);
            continue;
        }
        qsizetype end = at + 1;
        while (end < source.size() && source.at(end).isLetterOrNumber())
            ++end;
        const QStringView name = QStringView(source).sliced(at + 1, end - at - 1);
        for (int i = 0; i < static_cast<int>(Token::Count); ++i) {
            if (tokenName(static_cast<Token>(i)) == name) {
                result += theme.color(static_cast<Token>(i)).name();
                break;
            }
        }
        at = end;
    }
    return result;
}

} // namespace atalaya::theme
