// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/icons.h"

#include "widgets/theme/surface_paint.h"

#include <QtCore/QFile>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

#include <cmath>
#include <iterator>

namespace atalaya::theme {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr const char *iconFiles[] = {
    "overview", "queues",     "analytics", "breakers",     "flags",      "alerts",        "bell-off",    "health",
    "timeline", "dashboards", "explore",   "drill",        "settings",   "search",        "pause",       "play",
    "back",     "zoom-out",   "zoom-in",   "chevron-down", "chevron-up", "chevron-right", "arrow-right", "close",
    "lock",     "unlock",     "clock",     "info",         "copy",       "undo",          "refresh",     "filter",
    "plus",     "minus",      "export",    "full-screen",  "more",       "file",          "folder",      "plug",
    "check",    "book",       "power",     "note",         "edit",       "trash",         "pin",         "link",
    "user",     "key",        "server",    "calendar",     "columns",    "sort",          "history",     "stop",
    "command",  "question",   "send",      "menu",         "sliders"};
static_assert(std::size(iconFiles) == static_cast<std::size_t>(Icon::Count));

class LineIconEngine final : public QIconEngine
{
public:
    LineIconEngine(Icon icon, Token token) : m_icon(icon), m_token(token) {}

    // A box wider than high leaves room at the right: how a button gets a gap between icon and text under a style
    // sheet.
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const int side = std::min(rect.width(), rect.height());
        paintIcon(*painter, m_icon, QRect(rect.left(), rect.top() + (rect.height() - side) / 2, side, side),
                  colorFor(mode));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }
    // `size` is in device pixels here.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal) override
    {
        const int side = std::min(size.width(), size.height());
        const QPixmap square = iconPixmap(m_icon, side, 1.0, colorFor(mode));
        if (size.width() == size.height())
            return square;
        QPixmap wide(size);
        wide.fill(Qt::transparent);
        QPainter painter(&wide);
        painter.drawPixmap(0, (size.height() - side) / 2, square);
        return wide;
    }
    QIconEngine *clone() const override { return new LineIconEngine(m_icon, m_token); }

private:
    QColor colorFor(QIcon::Mode mode) const
    {
        return currentTheme().color(mode == QIcon::Disabled ? Token::Disabled : m_token);
    }
    Icon m_icon;
    Token m_token;
};

} // namespace

QString iconName(Icon icon)
{
    return QString::fromLatin1(iconFiles[static_cast<std::size_t>(icon)]);
}

QIcon icon(Icon icon, Token token)
{
    return QIcon(new LineIconEngine(icon, token));
}

QPixmap iconPixmap(Icon icon, int size, qreal ratio, const QColor &color)
{
    const QString key = u"atalaya-icon/%1/%2/%3/%4"_s.arg(iconName(icon)).arg(size).arg(ratio).arg(color.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(u":/icons/%1.svg"_s.arg(iconName(icon)));
    const int side = static_cast<int>(std::ceil(size * ratio));
    pixmap = QPixmap(side, side);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    if (file.open(QIODevice::ReadOnly)) {
        QSvgRenderer renderer(file.readAll().replace("currentColor", color.name().toLatin1()));
        QPainter painter(&pixmap);
        renderer.render(&painter, QRectF(0, 0, size, size));
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintIcon(QPainter &painter, Icon icon, const QRectF &box, const QColor &color)
{
    const qreal ratio = deviceRatioOf(painter);
    const int size = static_cast<int>(std::lround(std::min(box.width(), box.height())));
    const QPointF corner(box.center().x() - size / 2.0, box.center().y() - size / 2.0);
    const QPointF snapped(std::round(corner.x() * ratio) / ratio, std::round(corner.y() * ratio) / ratio);
    painter.drawPixmap(snapped, iconPixmap(icon, size, ratio, color));
}

} // namespace atalaya::theme
