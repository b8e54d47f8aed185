// Copyright 2026 The Continuo authors
// SPDX-License-Identifier: ISC

/**
   @file picture.cpp Draws the window as it is in a scene, into a file.

   Usage: picture SCENE WIDTH HEIGHT SCALE FILE.ppm [REPEATS]

   The scenes are of scene.h: real music, and a clock of their own, so that the
   same scene gives the same picture.  With REPEATS it is drawn so often, and
   the median time of a picture is printed.
*/

#define DONT_SET_USING_DGL_NAMESPACE // X11 has a Window of its own
#include "NanoVG.hpp"
#include "scene.h"
#include "src/Resources.hpp"
#include "surface.h"

#include <GL/gl.h>
#include <GL/glx.h>
#include <X11/Xlib.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

namespace {

/// A place to draw of a size, seen by nobody
struct Canvas {
  Display*   display = nullptr;
  GLXContext context = nullptr;
};

bool
make_canvas(Canvas& canvas, const int width, const int height)
{
  const int config_wish[] = {GLX_DRAWABLE_TYPE,
                             GLX_PBUFFER_BIT,
                             GLX_RENDER_TYPE,
                             GLX_RGBA_BIT,
                             GLX_RED_SIZE,
                             8,
                             GLX_GREEN_SIZE,
                             8,
                             GLX_BLUE_SIZE,
                             8,
                             GLX_STENCIL_SIZE,
                             8,
                             None};
  const int size_wish[]   = {
      GLX_PBUFFER_WIDTH, width, GLX_PBUFFER_HEIGHT, height, None};
  int n          = 0;
  canvas.display = XOpenDisplay(nullptr);
  if (!canvas.display) {
    return false;
  }
  GLXFBConfig* const configs = glXChooseFBConfig(
    canvas.display, DefaultScreen(canvas.display), config_wish, &n);
  if (!configs || n == 0) {
    return false;
  }
  const GLXPbuffer buffer =
    glXCreatePbuffer(canvas.display, configs[0], size_wish);
  canvas.context = glXCreateNewContext(
    canvas.display, configs[0], GLX_RGBA_TYPE, nullptr, True);
  XFree(configs);
  return canvas.context != nullptr &&
         glXMakeContextCurrent(
           canvas.display, buffer, buffer, canvas.context) != False;
}

bool
write_ppm(const char* const path, const int width, const int height)
{
  std::vector<unsigned char> pixels(static_cast<size_t>(width) *
                                    static_cast<size_t>(height) * 3U);
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());
  std::FILE* const file = std::fopen(path, "wb");
  if (!file) {
    return false;
  }
  std::fprintf(file, "P6\n%d %d\n255\n", width, height);
  const size_t row = static_cast<size_t>(width) * 3U;
  for (int y = height - 1; y >= 0; --y) {
    std::fwrite(&pixels[row * static_cast<size_t>(y)], 1U, row, file);
  }
  return std::fclose(file) == 0;
}

double
now_ms()
{
  using Ms = std::chrono::duration<double, std::milli>;
  return Ms(std::chrono::steady_clock::now().time_since_epoch()).count();
}

} // namespace

int
main(const int argc, char** const argv)
{
  if (argc < 6) {
    std::fprintf(
      stderr, "Usage: picture SCENE WIDTH HEIGHT SCALE FILE.ppm [REPEATS]\n");
    return 1;
  }
  const int   width   = std::atoi(argv[2]);
  const int   height  = std::atoi(argv[3]);
  const float scale   = static_cast<float>(std::atof(argv[4]));
  const int   repeats = argc > 6 ? std::atoi(argv[6]) : 1;
  Canvas      canvas;
  if (!make_canvas(canvas, width, height)) {
    std::fprintf(stderr, "picture: no display with OpenGL\n");
    return 77;
  }
  NVGcontext* const vg =
    DGL_NAMESPACE::nvgCreateGL(DGL_NAMESPACE::NanoVG::CREATE_ANTIALIAS);
  nvgCreateFontMem(vg,
                   "sans",
                   reinterpret_cast<unsigned char*>(
                     const_cast<char*>(dpf_resources::dejavusans_ttf)),
                   static_cast<int>(dpf_resources::dejavusans_ttf_size),
                   0);

  Scene* const scene = scene_new(argv[1],
                                 static_cast<float>(width) / scale,
                                 static_cast<float>(height) / scale);
  if (!scene) {
    std::fprintf(stderr, "picture: no scene called %s\n", argv[1]);
    return 1;
  }
  EdSurface* const    surface = ed_surface_new();
  std::vector<double> times;
  const std::clock_t  cpu_begin = std::clock();
  for (int i = 0; i < repeats; ++i) {
    const double begin = now_ms();
    ed_surface_draw(surface, vg, scene->editor, width, height, scale, "sans");
    glFinish();
    times.push_back(now_ms() - begin);
  }
  std::sort(times.begin(), times.end());
  const double cpu_ms = 1e3 * static_cast<double>(std::clock() - cpu_begin) /
                        CLOCKS_PER_SEC / repeats;
  std::printf("%s: %.2f ms a picture, %.2f ms of processors\n",
              argv[1],
              times[times.size() / 2],
              cpu_ms);
  const bool is_written = write_ppm(argv[5], width, height);
  ed_surface_free(surface);
  scene_free(scene);
  return is_written ? 0 : 1;
}
