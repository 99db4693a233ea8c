// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/resources.h"

#include <QtCore/QDir>

void registerAtalayaResources()
{
    Q_INIT_RESOURCE(atalaya);
}
