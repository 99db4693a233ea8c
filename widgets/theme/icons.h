// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/theme/theme.h"

#include <QtCore/QRectF>
#include <QtGui/QIcon>
#include <QtGui/QPixmap>

class QPainter;

namespace atalaya::theme {

/// Our line icons; one file each in resources/icons. States and switches are not icons: see StatePainter.
enum class Icon
{
    Overview,
    Queues,
    Analytics,
    Breakers,
    Flags,
    Alerts,
    BellOff,
    Health,
    Timeline,
    Dashboards,
    Explore,
    Drill,
    Settings,
    Search,
    Pause,
    Play,
    Back,
    ZoomOut,
    ZoomIn,
    ChevronDown,
    ChevronUp,
    ChevronRight,
    ArrowRight,
    Close,
    Lock,
    Unlock,
    Clock,
    Info,
    Copy,
    Undo,
    Refresh,
    Filter,
    Plus,
    Minus,
    Export,
    FullScreen,
    More,
    File,
    Folder,
    Plug,
    Check,
    Book,
    Power,
    Note,
    Edit,
    Trash,
    Pin,
    Link,
    User,
    Key,
    Server,
    Calendar,
    Columns,
    Sort,
    History,
    Stop,
    Command,
    Question,
    Send,
    Menu,
    Sliders,
    Count
};

/// "bell-off": the file's name without its ending.
QString iconName(Icon icon);

/// For buttons and actions: draws itself sharp at any size and device ratio in `token`'s colour of the theme of the
/// moment; the disabled mode uses the disabled colour. Follows a theme change by itself.
QIcon icon(Icon icon, Token token = Token::Text2);

/// For painting: the icon fills `box` (16 x 16 usually; 12 beside small text, 20 in empty states, 24 in a panel's
/// head).
void paintIcon(QPainter &painter, Icon icon, const QRectF &box, const QColor &color);
QPixmap iconPixmap(Icon icon, int size, qreal ratio, const QColor &color);

} // namespace atalaya::theme
